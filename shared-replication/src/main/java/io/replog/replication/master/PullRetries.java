package io.replog.replication.master;

import io.replog.replication.Backoff;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// When a follower whose last pull was lost is asked again. What is lost on the way says nothing
/// about the follower's log, so it never rules the follower out.
final class PullRetries {

  /// @param failures pulls lost in a row, at least 1
  /// @param atNanos when the next one may leave
  private record Retry(int failures, long atNanos, String error) {}

  private final Backoff backoff;
  private final Map<Follower, Retry> byFollower = new HashMap<>();

  PullRetries(Backoff backoff) {
    this.backoff = backoff;
  }

  /// A pull was lost. Returns how many were lost in a row.
  int lost(Follower follower, String error, long now) {
    int failures = failures(follower) + 1;
    byFollower.put(follower, new Retry(failures, now + backoff.delayNanos(failures), error));
    return failures;
  }

  /// An answer came.
  void answered(Follower follower) {
    byFollower.remove(follower);
  }

  boolean isDue(Follower follower, long now) {
    Retry retry = byFollower.get(follower);
    return retry == null || now >= retry.atNanos();
  }

  /// How the last pull was lost, null when it was not.
  @Nullable String error(Follower follower) {
    Retry retry = byFollower.get(follower);
    return retry == null ? null : retry.error();
  }

  /// When the next retry that still waits is due; `Long.MAX_VALUE` when none waits.
  long nextDueNanos(long now) {
    return byFollower.values().stream()
        .mapToLong(Retry::atNanos)
        .filter(due -> due > now)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private int failures(Follower follower) {
    Retry retry = byFollower.get(follower);
    return retry == null ? 0 : retry.failures();
  }
}
