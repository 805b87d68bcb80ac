package io.replog.replication;

/// How long to wait before a retry. The waits grow exponentially with full jitter up to a cap.
@FunctionalInterface
public interface Backoff {

  /// The wait before the next attempt, nanoseconds, at least 1.
  ///
  /// @param failures failed attempts in a row so far, at least 1
  long delayNanos(int failures);
}
