/// When each of the last messages was received, written, sent and acknowledged, as the master knows
/// it. Fed by events, kept in a ring, lost with the process. Read
/// [io.replog.master.trace.TraceRing] first.
@NullMarked
package io.replog.master.trace;

import org.jspecify.annotations.NullMarked;
