package io.replog.replication.master;

/// Leaves the writers their share of the machine while a follower catches up that is far behind:
/// one batch at a time is on its way, and behind each comes a rest that grows with what the batch
/// took. Without writers there is none, and with many it shrinks, so that the follower always gets
/// ahead several times as fast as they do.
final class CatchUpPace {

  /// A batch and its rest take at most so many times as long as the batch alone.
  private static final int LONGEST_ROUND = 2;

  /// The follower takes at least so many times as many entries as are written meanwhile.
  private static final int LEAST_ADVANTAGE = 4;

  /// Bounds what a rest costs when the writers stop.
  private static final long LONGEST_REST_NANOS = 250_000_000;

  /// Since when the follower is at work on what it takes next.
  private long busySinceNanos;

  /// When it took something last, and where the log ended then.
  private long tookNanos;

  private long endThen;

  /// How many times as long as the last batch that batch and its rest take; 1 without a rest.
  private double round = 1;

  private long restedNanos;

  /// A batch leaves, and none is on its way.
  void leaves(long now) {
    busySinceNanos = now;
  }

  /// The follower has taken `entries` more.
  ///
  /// @param end last index of the log
  void took(long entries, long end, long now) {
    long busyNanos = now - busySinceNanos;
    round = Math.clamp(roundThatKeepsAhead(entries, busyNanos, end, now), 1, LONGEST_ROUND);
    restedNanos = now + Math.min((long) (busyNanos * (round - 1)), LONGEST_REST_NANOS);
    busySinceNanos = now;
    tookNanos = now;
    endThen = end;
  }

  /// Without writers there is nobody to rest for.
  private double roundThatKeepsAhead(long entries, long busyNanos, long end, long now) {
    double written = end - endThen;
    double writtenWhileBusy = written * busyNanos / Math.max(1, now - tookNanos);
    return written == 0 ? 1 : entries / (LEAST_ADVANTAGE * writtenWhileBusy);
  }

  /// Whether there is a rest behind each batch.
  boolean rests() {
    return round > 1;
  }

  /// When the next batch may leave, if none is on its way.
  long restedNanos() {
    return restedNanos;
  }
}
