package io.replog.master.add;

import io.replog.model.WriteConcern;

/// What a bulk add asks for all of its messages.
///
/// @param concern how many nodes must hold each; the core makes a number of it at the append
/// @param requiredNodes as many as that are while the request is read, 1 to N
/// @param timeoutNanos how long to wait from the append of each on, 0 = as long as it takes
record BulkRequest(WriteConcern concern, int requiredNodes, long timeoutNanos) {}
