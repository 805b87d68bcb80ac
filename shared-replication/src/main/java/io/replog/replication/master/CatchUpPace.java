package io.replog.replication.master;

/// Leaves the writers their share of the machine while a follower catches up that is far behind:
/// one batch at a time is on its way, and behind each comes a rest that grows with what the batch
/// took. Without writers there is none. A rest never brings the follower below four entries for
/// each one that is written; where it takes fewer anyway, it does not rest.
final class CatchUpPace {

  /// A batch and its rest take at most so many times as long as the batch alone.
  private static final int LONGEST_STRETCH = 2;

  /// The follower takes at least so many times as many entries as are written meanwhile.
  private static final int LEAST_ADVANTAGE = 4;

  /// Bounds what a rest costs when the writers stop.
  private static final long LONGEST_REST_NANOS = 250_000_000;

  /// Since when the follower is at work on what it takes next.
  private long busySinceNanos;

  /// When it took something last.
  private long tookNanos;

  /// Last index of the log at that time.
  private long endThen;

  /// How many times as long as the last batch that batch and its rest take; 1 without a rest.
  private double stretch = 1;

  private long restUntilNanos;

  /// A follower begins to be sent entries, at the end `end` of the log. Nothing is known yet.
  void begins(long end, long now) {
    stretch = 1;
    restUntilNanos = now;
    measureFrom(end, now);
  }

  /// A batch is made for it, and none is on its way.
  void batchBegins(long now) {
    busySinceNanos = now;
  }

  /// It has taken `entries` more.
  ///
  /// @param end last index of the log
  void took(long entries, long end, long now) {
    long busyNanos = now - busySinceNanos;
    stretch = Math.clamp(stretchThatKeepsAhead(entries, busyNanos, end, now), 1, LONGEST_STRETCH);
    restUntilNanos = now + Math.min((long) (busyNanos * (stretch - 1)), LONGEST_REST_NANOS);
    measureFrom(end, now);
  }

  private void measureFrom(long end, long now) {
    busySinceNanos = now;
    tookNanos = now;
    endThen = end;
  }

  /// Without writers there is nobody to rest for.
  private double stretchThatKeepsAhead(long entries, long busyNanos, long end, long now) {
    double written = end - endThen;
    double writtenWhileBusy = written * busyNanos / Math.max(1, now - tookNanos);
    return written == 0 ? 1 : entries / (LEAST_ADVANTAGE * writtenWhileBusy);
  }

  /// Whether there is a rest behind each batch.
  boolean rests() {
    return stretch > 1;
  }

  /// When the next batch may be made, if none is on its way.
  long restUntilNanos() {
    return restUntilNanos;
  }
}
