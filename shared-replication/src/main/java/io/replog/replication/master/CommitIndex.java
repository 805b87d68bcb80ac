package io.replog.replication.master;

/// Up to which index a majority holds the log. Never above the master's durable index, never falls,
/// also when the followers that proved it are gone.
final class CommitIndex {

  private final RankedMatch ranked;
  private final Effects effects;
  private long index;

  /// @param index where it stood when it was last put on disk, at most the end of the log
  CommitIndex(RankedMatch ranked, long index, Effects effects) {
    this.ranked = ranked;
    this.index = index;
    this.effects = effects;
  }

  /// Raises it to what a majority holds now.
  ///
  /// @param majority how many nodes that are
  void advance(int majority) {
    long held = ranked.heldBy(majority);
    if (held > index) {
      index = held;
      effects.add(new MasterEffect.PersistCommit(index));
      effects.happened(new MasterEvent.Committed(index));
    }
  }

  long index() {
    return index;
  }
}
