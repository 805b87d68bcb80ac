package io.replog.log;

/// A bad place in a file of the log.
///
/// @param file name of the segment
/// @param offset where the damage begins, bytes
/// @param fromIndex first index that it may concern
/// @param reason what is wrong, for a person
record Damage(String file, long offset, long fromIndex, String reason) {}
