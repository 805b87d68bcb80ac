package io.replog.log;

/// A run of entries that this node is known to have held durably and that its disk no longer gives
/// back. The log ends before the first hole; ordinary appends fill it.
///
/// @param firstIndex first entry that is missing
/// @param lastIndex last entry that is missing; what is appended must not pass it
/// @param open whether nothing intact stands behind it: then `lastIndex` is the highest index known
///   to have been durable
/// @param file name of the segment that held the first missing entry, or should have
/// @param reason what happened to it, for a person
public record Hole(long firstIndex, long lastIndex, boolean open, String file, String reason) {

  /// What is left of it when the log ends before `firstIndex`.
  Hole from(long firstIndex) {
    return new Hole(firstIndex, lastIndex, open, file, reason);
  }
}
