package io.replog.master.health;

import io.replog.master.cluster.RetentionTimer;
import io.replog.master.faults.KnownFaults;
import io.replog.node.feed.FedNodeHealth;
import io.replog.node.feed.FedNodes;
import io.replog.node.health.NodeHealth;
import io.replog.node.settings.NodeSettings;
import io.replog.replication.master.MasterView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Says of a picture of the core what `GET /health` says.
@Component
public final class HealthReport {

  private final NodeSettings settings;
  private final RetentionTimer retention;
  private final KnownFaults faults;
  private final FedNodes fed;

  HealthReport(NodeSettings settings, RetentionTimer retention, KnownFaults faults, FedNodes fed) {
    this.settings = settings;
    this.retention = retention;
    this.faults = faults;
    this.fed = fed;
  }

  /// The same form, key by key.
  public MasterHealth of(MasterView view) {
    return new MasterHealth(self(view), followers(view), retention(view), FedNodeHealth.of(fed));
  }

  private @Nullable RetentionHealth retention(MasterView view) {
    return settings.retention().keepsEverything() && view.firstIndex() == 1
        ? null
        : RetentionHealth.of(retention.surplusIndex(), view);
  }

  private NodeHealth self(MasterView view) {
    return new NodeHealth(
        settings.node(),
        settings.role().word(),
        view.logId(),
        view.epoch(),
        view.lastIndex(),
        view.durableIndex(),
        view.commitIndex(),
        view.writable(),
        view.reason(),
        settings.fsync(),
        view.blockedCalls());
  }

  private List<FollowerHealth> followers(MasterView view) {
    return view.followers().stream()
        .map(follower -> FollowerHealth.of(follower, faults.of(follower.name())))
        .toList();
  }
}
