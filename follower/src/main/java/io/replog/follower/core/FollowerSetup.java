package io.replog.follower.core;

import io.replog.log.Recovery;
import io.replog.node.log.NodeLog;
import io.replog.node.settings.NodeSettings;
import io.replog.replication.Hole;
import io.replog.replication.LogView;
import io.replog.replication.follower.FollowerCore;
import io.replog.replication.follower.FollowerSettings;
import io.replog.replication.follower.RecoveredFollower;
import java.time.Duration;
import java.util.UUID;

/// Makes the state machine of what was found on the disk.
final class FollowerSetup {

  private FollowerSetup() {}

  /// @param delay artificial delay at present
  /// @param log what was found
  /// @param view the same as the core sees it
  static FollowerCore core(
      NodeSettings settings, Duration delay, NodeLog log, LogView view, long nowNanos) {
    Recovery found = log.recovery();
    FollowerSettings told =
        FollowerSettings.defaults(
            settings.node(),
            settings.clusterId(),
            found.incarnation(),
            UUID.randomUUID().toString(),
            settings.fsync(),
            delay.toNanos());
    return new FollowerCore(told, recovered(found, log.knownCommitIndex()), view, nowNanos);
  }

  private static RecoveredFollower recovered(Recovery found, long commitIndex) {
    String held = found.segmentLogId();
    return new RecoveredFollower(
        found.end(),
        commitIndex,
        found.promise(),
        held == null ? found.logId() : held,
        found.holes().stream()
            .map(hole -> new Hole(hole.firstIndex(), hole.lastIndex(), hole.reason()))
            .toList());
  }
}
