package io.replog.replication.follower;

import io.replog.replication.LogView;
import java.util.List;

/// The follower's state machine. Owned by one thread, which feeds it one input at a time, carries
/// out the effects in order and calls it again at [#nextDeadlineNanos] at the latest.
public final class FollowerCore {

  /// @param nowNanos time of creation on the same clock as every later `nowNanos`
  public FollowerCore(
      FollowerSettings settings, RecoveredFollower recovered, LogView log, long nowNanos) {
    throw new UnsupportedOperationException();
  }

  /// Takes one input and says what to do.
  ///
  /// @param nowNanos monotonic time, never less than at the step before
  /// @throws io.replog.replication.BrokenInvariantException if state and input contradict each
  ///   other; the node must stop
  public List<FollowerEffect> step(FollowerInput input, long nowNanos) {
    throw new UnsupportedOperationException();
  }

  /// When [FollowerInput.Tick] is due at the latest; `Long.MAX_VALUE` when never.
  public long nextDeadlineNanos() {
    throw new UnsupportedOperationException();
  }

  /// A picture of this moment.
  public FollowerView view(long nowNanos) {
    throw new UnsupportedOperationException();
  }
}
