package io.replog.replication.master;

/// An add that waits for followers.
///
/// @param index of its message; the last one of a bulk add
/// @param requiredNodes nodes that have to hold it
/// @param sinceNanos when it began to wait
public record BlockedCall(long index, int requiredNodes, long sinceNanos) {}
