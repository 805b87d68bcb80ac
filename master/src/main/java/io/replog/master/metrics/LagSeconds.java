package io.replog.master.metrics;

import io.replog.node.log.NodeLog;
import io.replog.replication.master.MasterView;
import java.time.InstantSource;

/// How old the oldest entry is that a follower has not acknowledged: both stamps are of the
/// master's wall clock. Read from the log when somebody asks, and only for a follower that lags.
final class LagSeconds {

  private final NodeLog log;
  private final InstantSource clock;

  LagSeconds(NodeLog log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  /// Seconds, 0 when it lacks nothing, not a number where the entry cannot be read.
  double of(MasterView.FollowerView follower) {
    if (follower.lag() == 0) {
      return 0;
    }
    long oldest = Math.max(follower.matchIndex() + 1, log.firstIndex());
    try {
      long age = clock.millis() - log.entryAt(oldest).timestampMillis();
      return Math.max(0, age) / 1e3;
    } catch (RuntimeException unreadable) {
      return Double.NaN;
    }
  }
}
