/// Generates load over raw sockets with one selector thread, cheaply enough to share two cores with
/// the servers, and counts each answer from when its request was meant to start. It starts no
/// server and prints nothing. Read [io.replog.benchmarks.load.Load] first.
@NullMarked
package io.replog.benchmarks.load;

import org.jspecify.annotations.NullMarked;
