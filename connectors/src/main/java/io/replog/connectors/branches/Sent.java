package io.replog.connectors.branches;

import org.jspecify.annotations.Nullable;

/// Where the sales of a branch are that were sent.
///
/// @param logId identity of their log, null before the first of them
/// @param lastIndex highest index that one of them has there, 0 before the first of them
record Sent(@Nullable String logId, long lastIndex) {}
