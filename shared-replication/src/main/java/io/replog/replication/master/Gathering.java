package io.replog.replication.master;

/// Lets a batch to a follower without artificial delay wait until it is worth its costs, which are
/// nearly the same whatever it holds.
///
/// Callers who were answered write again, but one after the other: a batch that leaves with the
/// first of them leaves the others to the next. So it waits until two thirds of the entries are
/// there that the follower lacked before its last answer; a caller who is alone waits for nobody.
/// Callers who do not come again cost the others two milliseconds at most.
final class Gathering {

  private static final long LONGEST_NANOS = 2_000_000;

  /// Entries that the follower lacked before it acknowledged some of them last.
  private long lacked;

  /// It acknowledges some of the entries that it lacks.
  ///
  /// @param lackedBefore how many it lacked so far, those that are not durable here included
  void acknowledged(long lackedBefore) {
    lacked = lackedBefore;
  }

  /// When `waiting` entries may leave: a time in the past when at once.
  ///
  /// @param lastLeftNanos when the batch before them left
  long untilNanos(long waiting, long lastLeftNanos) {
    return 3 * waiting >= 2 * lacked ? Long.MIN_VALUE : lastLeftNanos + LONGEST_NANOS;
  }
}
