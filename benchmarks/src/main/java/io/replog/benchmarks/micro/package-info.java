/// The inner parts of an add, each measured alone by JMH: the chain, the state machine, the JSON,
/// the log on disk. They say where time may be saved, not how fast the whole is. Read
/// [io.replog.benchmarks.micro.MicroCommand] first.
@NullMarked
package io.replog.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
