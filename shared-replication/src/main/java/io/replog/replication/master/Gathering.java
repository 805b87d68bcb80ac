package io.replog.replication.master;

/// Lets a batch to a follower without artificial delay wait until it is worth its costs, which are
/// nearly the same whatever it holds. Only where no other is on its way: behind a small one what
/// comes gathers anyway, and behind a large one nothing need.
///
/// Callers who were answered write again, but one after the other: a batch that leaves with the
/// first of them leaves the others to the next. So it waits until half as many entries are there as
/// the follower lacked before its last answer. Callers who wait for no answer bring about as many
/// while one batch is on its way, and a caller who is alone waits for nobody. Callers who do not
/// come again cost the others two milliseconds at most. Whoever lacked more than a full batch is
/// sent many at once, and the end of them goes at once too.
final class Gathering {

  private static final long LONGEST_NANOS = 2_000_000;

  private final long fullBatch;

  /// Entries that the follower lacked before it acknowledged some of them last, 0 where those were
  /// more than a full batch.
  private long lacked;

  /// @param fullBatch entries in a batch at most
  Gathering(long fullBatch) {
    this.fullBatch = fullBatch;
  }

  /// It is sent entries again after something else: nothing is known of those who write.
  void begins() {
    lacked = 0;
  }

  /// It acknowledges some of the entries that it lacks.
  ///
  /// @param lackedBefore how many it lacked so far, those that are not durable here included
  void acknowledged(long lackedBefore) {
    lacked = lackedBefore > fullBatch ? 0 : lackedBefore;
  }

  /// When `waiting` entries may leave: a time in the past when at once.
  ///
  /// @param lastBegunNanos when the request before them was begun
  long untilNanos(long waiting, long lastBegunNanos) {
    return 2 * waiting >= lacked ? Long.MIN_VALUE : lastBegunNanos + LONGEST_NANOS;
  }
}
