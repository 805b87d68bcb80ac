package io.replog.replication;

/// A run of entries that this node is known to have held durably and that its disk does not give
/// back. Filled by ordinary appends behind the end in front of it; the entries behind it are still
/// there and count again as soon as the chain joins.
///
/// @param firstIndex first entry that is missing
/// @param lastIndex last entry that is missing, at least `firstIndex`
/// @param reason what is wrong, for people
public record Hole(long firstIndex, long lastIndex, String reason) {

  /// The run in words, such as `#7 to #9`.
  public String range() {
    return firstIndex == lastIndex ? "#" + firstIndex : "#" + firstIndex + " to #" + lastIndex;
  }

  @Override
  public String toString() {
    return range() + " cannot be read: " + reason;
  }
}
