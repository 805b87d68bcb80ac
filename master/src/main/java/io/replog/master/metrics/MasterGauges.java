package io.replog.master.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.replog.master.cluster.MasterLoop;
import io.replog.master.cluster.RetentionTimer;
import io.replog.master.faults.KnownFaults;
import io.replog.model.ReplicaState;
import io.replog.model.ReplicaStatus;
import io.replog.node.log.NodeLog;
import io.replog.node.settings.NodeSettings;
import io.replog.node.settings.Peer;
import io.replog.replication.master.MasterView;
import java.time.InstantSource;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/// Gauges over the last picture of the core: `replog_writable`, `replog_follower_lag_entries` and
/// so on, beside those that every node has. Labels are names of followers and words of closed sets.
@Component
final class MasterGauges implements MeterBinder {

  private final MasterLoop loop;
  private final NodeSettings settings;
  private final RetentionTimer retention;
  private final LagSeconds lagSeconds;
  private final KnownFaults faults;

  MasterGauges(
      MasterLoop loop,
      NodeSettings settings,
      RetentionTimer retention,
      NodeLog log,
      KnownFaults faults) {
    this.retention = retention;
    this.loop = loop;
    this.settings = settings;
    this.lagSeconds = new LagSeconds(loop, log, InstantSource.system());
    this.faults = faults;
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    gauge(meters, "replog.durable.index", "Last index durable here", MasterView::durableIndex);
    gauge(meters, "replog.epoch", "Epoch of this master", MasterView::epoch);
    gauge(meters, "replog.writable", "1 when adds are accepted", view -> view.writable() ? 1 : 0);
    gauge(meters, "replog.blocked.writes", "Calls waiting for followers", MasterView::blockedCalls);
    gauge(meters, "replog.nodes", "Nodes of the cluster", _ -> settings.clusterSize());
    gauge(
        meters, "replog.reachable.nodes", "Nodes that answer, this one included", this::reachable);
    gauge(
        meters,
        "replog.quorum",
        "1 while a majority of the nodes can be reached",
        view -> reachable(view) > settings.clusterSize() / 2 ? 1 : 0);
    gauge(
        meters,
        "replog.retention.waiting.entries",
        "Entries beyond the retention that some node lacks",
        view -> Math.max(0, retention.surplusIndex() - view.releasableIndex()));
    gauge(
        meters,
        "replog.under.replicated.entries",
        "Entries that fewer nodes are known to hold than somebody was told",
        MasterView::underReplicated);
    for (int number = 0; number < settings.followers().size(); number++) {
      bindFollower(meters, settings.followers().get(number), number);
    }
  }

  private int reachable(MasterView view) {
    return 1
        + (int)
            view.followers().stream()
                .filter(follower -> follower.lastContactNanos() >= 0)
                .filter(follower -> follower.status() != ReplicaStatus.UNHEALTHY)
                .count();
  }

  private void gauge(
      MeterRegistry meters, String name, String description, ToDoubleFunction<MasterView> value) {
    Gauge.builder(name, loop, l -> value.applyAsDouble(l.view()))
        .description(description)
        .register(meters);
  }

  private void bindFollower(MeterRegistry meters, Peer peer, int number) {
    Gauge.builder("replog.follower.lag.entries", loop, l -> at(l, number).lag())
        .description("Entries that the follower has not acknowledged")
        .tag("follower", peer.name())
        .register(meters);
    Gauge.builder("replog.follower.match.index", loop, l -> at(l, number).matchIndex())
        .description("Highest index proven durable at the follower")
        .tag("follower", peer.name())
        .register(meters);
    Gauge.builder("replog.follower.lag", lagSeconds, lag -> lag.of(number))
        .description("Age of the oldest entry that the follower has not acknowledged")
        .baseUnit("seconds")
        .tag("follower", peer.name())
        .register(meters);
    Gauge.builder("replog.follower.injected.faults", faults, f -> f.of(peer.name()) == null ? 0 : 1)
        .description("1 while faults are known to be injected at the follower")
        .tag("follower", peer.name())
        .register(meters);
    for (ReplicaState state : ReplicaState.values()) {
      Gauge.builder("replog.follower.state", loop, l -> at(l, number).state() == state ? 1 : 0)
          .description("1 for the state that the follower is in")
          .tag("follower", peer.name())
          .tag("state", state.name())
          .register(meters);
    }
    for (ReplicaStatus status : ReplicaStatus.values()) {
      Gauge.builder("replog.follower.status", loop, l -> at(l, number).status() == status ? 1 : 0)
          .description("1 for the status that the follower has")
          .tag("follower", peer.name())
          .tag("status", status.name())
          .register(meters);
    }
  }

  private static MasterView.FollowerView at(MasterLoop loop, int number) {
    return loop.view().followers().get(number);
  }
}
