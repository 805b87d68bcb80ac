/// Work that is done again and again: at intervals, on demand, and after failures with growing
/// pauses. It says in what state it is, and it writes a line when that changes, not at every try.
/// Read [io.replog.connectors.work.Worker] next.
@NullMarked
package io.replog.connectors.work;

import org.jspecify.annotations.NullMarked;
