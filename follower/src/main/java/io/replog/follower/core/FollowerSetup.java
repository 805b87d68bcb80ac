package io.replog.follower.core;

import io.replog.log.Recovery;
import io.replog.node.settings.NodeSettings;
import io.replog.replication.LogView;
import io.replog.replication.follower.FollowerCore;
import io.replog.replication.follower.FollowerSettings;
import io.replog.replication.follower.RecoveredFollower;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes the state machine of what was found on the disk.
final class FollowerSetup {

  private FollowerSetup() {}

  static FollowerCore core(NodeSettings settings, Recovery found, LogView log, long nowNanos) {
    FollowerSettings told =
        FollowerSettings.defaults(
            settings.node(),
            settings.clusterId(),
            found.incarnation(),
            UUID.randomUUID().toString(),
            settings.fsync(),
            settings.replicationDelay().toNanos());
    return new FollowerCore(told, recovered(found), log, nowNanos);
  }

  private static RecoveredFollower recovered(Recovery found) {
    String held = found.segmentLogId();
    return new RecoveredFollower(
        found.end(),
        found.commitIndex(),
        found.promise(),
        held == null ? found.logId() : held,
        damage(found));
  }

  private static @Nullable String damage(Recovery found) {
    return found.corruption().isEmpty()
        ? null
        : found.corruption().stream()
            .map(
                bad ->
                    "%s at byte %d, from #%d on: %s"
                        .formatted(bad.file(), bad.offset(), bad.fromIndex(), bad.reason()))
            .collect(Collectors.joining("; "));
  }
}
