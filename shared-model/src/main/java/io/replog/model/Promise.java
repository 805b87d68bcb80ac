package io.replog.model;

/// What a node has bound itself to, on disk, before it answers: to serve this master of this log
/// and no older one.
///
/// @param epoch highest epoch promised, at least 1
/// @param startId identity of the master process that holds the epoch; the same epoch under another
///   start id is refused
/// @param logId identity of the log
public record Promise(long epoch, String startId, String logId) {}
