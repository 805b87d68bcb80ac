package io.replog.replication.master;

import io.replog.replication.Backoff;

/// When a follower with which something went wrong is asked again.
///
/// A sign of life ends the wait only where the lack of one had begun it. A follower that answers
/// heartbeats and fails at everything else waits out its back-off, or it would never grow.
final class Retry {

  private final Backoff backoff;

  /// Failures in a row.
  private int failures;

  /// Before this time nothing leaves.
  private long atNanos = Long.MIN_VALUE;

  /// Whether the last request that was really made met nobody.
  private boolean unreached;

  Retry(Backoff backoff) {
    this.backoff = backoff;
  }

  /// Something failed. Returns the wait before the next attempt, nanoseconds.
  long failed(SendFailure kind, long now) {
    failures++;
    if (kind != SendFailure.NOT_TRIED) {
      unreached = kind == SendFailure.UNREACHED;
    }
    long wait = backoff.delayNanos(failures);
    atNanos = now + wait;
    return wait;
  }

  /// Something is wrong that an attempt will hardly mend: waits that long.
  void waitFor(long nanos, long now) {
    failures++;
    unreached = false;
    atNanos = now + nanos;
  }

  /// Something went wrong that is worth one more attempt without any wait.
  void goOnAtOnce() {
    failures++;
  }

  /// There was progress.
  void succeeded() {
    failures = 0;
    unreached = false;
  }

  /// A heartbeat was answered.
  void signOfLife() {
    if (unreached) {
      wake();
    }
  }

  /// The wait is over.
  void wake() {
    atNanos = Long.MIN_VALUE;
  }

  /// Whatever failed does not count any more.
  void clear() {
    succeeded();
    wake();
  }

  int failures() {
    return failures;
  }

  long atNanos() {
    return atNanos;
  }
}
