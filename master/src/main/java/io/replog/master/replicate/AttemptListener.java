package io.replog.master.replicate;

import org.jspecify.annotations.Nullable;

/// Hears of every batch that leaves for a follower, and of its end, on the thread that sends it.
/// Must neither block nor throw.
public interface AttemptListener {

  /// What to send along as `traceparent` with the entries of a batch, null when nothing.
  @Nullable String traceparent(long fromIndex, long toIndex);

  /// A batch leaves.
  void sent(String follower, Attempt attempt);

  /// The batch that was sent as `before` has ended as `attempt`.
  void ended(String follower, Attempt before, Attempt attempt);
}
