package io.replog.log;

/// Damage inside the durable range, found at the start. The files are kept as they are.
///
/// @param file name of the damaged segment
/// @param offset where in the file the damage begins, bytes
/// @param fromIndex first index that cannot be served
/// @param durableIndex highest index that is known to have been durable, at least `fromIndex`
///   unless the damage is in a segment header
/// @param reason what is wrong, for a person
/// @param keptAs path of the copy, relative to the data directory; the file itself when no copy
///   could be made
public record Corruption(
    String file, long offset, long fromIndex, long durableIndex, String reason, String keptAs) {}
