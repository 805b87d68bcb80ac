package io.replog.master.add;

/// What a bulk add asks for all of its messages.
///
/// @param requiredNodes write concern as a number of nodes, 1 to N
/// @param timeoutNanos how long to wait from the append of each on, 0 = as long as it takes
record BulkRequest(int requiredNodes, long timeoutNanos) {}
