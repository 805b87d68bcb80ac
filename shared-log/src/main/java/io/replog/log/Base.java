package io.replog.log;

import io.replog.model.Position;

/// Where a log begins that has not, or no longer, its first entries.
///
/// @param logId the log
/// @param position the entry before the first one kept, index at least 1
record Base(String logId, Position position) {}
