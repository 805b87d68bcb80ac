package io.replog.log;

/// Damage found at the start, and what was done with the file. What it cost is in [Recovery#holes].
///
/// @param file name of the damaged segment
/// @param offset where in the file the damage begins, bytes
/// @param fromIndex first index that it may concern
/// @param durableIndex highest index that is known to have been durable, 0 when none
/// @param reason what is wrong, for a person
/// @param keptAs where the file is now, relative to the data directory; its own name when the disk
///   had no room to replace it
public record Corruption(
    String file, long offset, long fromIndex, long durableIndex, String reason, String keptAs) {}
