package io.replog.master.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.replog.master.cluster.MasterLoop;
import io.replog.master.cluster.RetentionTimer;
import io.replog.master.faults.KnownFaults;
import io.replog.master.members.Members;
import io.replog.model.ReplicaState;
import io.replog.model.ReplicaStatus;
import io.replog.node.log.NodeLog;
import io.replog.node.settings.Peer;
import io.replog.replication.master.MasterView;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Gauges over the last picture of the core: `replog_writable`, `replog_follower_lag_entries` and
/// so on, beside those that every node has. Labels are names of followers and words of closed sets.
@Component
final class MasterGauges implements MeterBinder {

  private final MasterLoop loop;
  private final Members members;
  private final RetentionTimer retention;
  private final LagSeconds lagSeconds;
  private final KnownFaults faults;

  MasterGauges(
      MasterLoop loop, Members members, RetentionTimer retention, NodeLog log, KnownFaults faults) {
    this.retention = retention;
    this.loop = loop;
    this.members = members;
    this.lagSeconds = new LagSeconds(log, InstantSource.system());
    this.faults = faults;
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    gauge(meters, "replog.durable.index", "Last index durable here", MasterView::durableIndex);
    gauge(meters, "replog.epoch", "Epoch of this master", MasterView::epoch);
    gauge(meters, "replog.writable", "1 when adds are accepted", view -> view.writable() ? 1 : 0);
    gauge(meters, "replog.blocked.writes", "Calls waiting for followers", MasterView::blockedCalls);
    gauge(meters, "replog.nodes", "Nodes of the cluster", _ -> members.clusterSize());
    gauge(
        meters, "replog.reachable.nodes", "Nodes that answer, this one included", this::reachable);
    gauge(
        meters,
        "replog.quorum",
        "1 while a majority of the nodes can be reached",
        view -> reachable(view) > members.clusterSize() / 2 ? 1 : 0);
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
    Map<String, List<Meter>> ofFollowers = new HashMap<>();
    members.listen(nodes -> bindFollowers(meters, ofFollowers, nodes));
  }

  /// Of one that is not connected any more there is nothing to say.
  private void bindFollowers(
      MeterRegistry meters, Map<String, List<Meter>> ofFollowers, List<Peer> nodes) {
    Set<String> names = nodes.stream().map(Peer::name).collect(Collectors.toSet());
    Set<String> gone = new HashSet<>(ofFollowers.keySet());
    gone.removeAll(names);
    gone.forEach(name -> Objects.requireNonNull(ofFollowers.remove(name)).forEach(meters::remove));
    names.forEach(name -> ofFollowers.computeIfAbsent(name, _ -> bindFollower(meters, name)));
  }

  private int reachable(MasterView view) {
    return 1
        + (int)
            view.followers().stream()
                .filter(MasterView.FollowerView::isMember)
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

  private List<Meter> bindFollower(MeterRegistry meters, String follower) {
    List<Meter> bound = new ArrayList<>();
    bound.add(
        gauge("replog.follower.lag.entries", follower, MasterView.FollowerView::lag)
            .description("Entries that the follower has not acknowledged")
            .register(meters));
    bound.add(
        gauge("replog.follower.match.index", follower, MasterView.FollowerView::matchIndex)
            .description("Highest index proven durable at the follower")
            .register(meters));
    bound.add(
        gauge("replog.follower.lag", follower, lagSeconds::of)
            .description("Age of the oldest entry that the follower has not acknowledged")
            .baseUnit("seconds")
            .register(meters));
    bound.add(
        gauge("replog.follower.injected.faults", follower, _ -> faults.of(follower) == null ? 0 : 1)
            .description("1 while faults are known to be injected at the follower")
            .register(meters));
    for (ReplicaState state : ReplicaState.values()) {
      bound.add(
          gauge("replog.follower.state", follower, view -> view.state() == state ? 1 : 0)
              .description("1 for the state that the follower is in")
              .tag("state", state.name())
              .register(meters));
    }
    for (ReplicaStatus status : ReplicaStatus.values()) {
      bound.add(
          gauge("replog.follower.status", follower, view -> view.status() == status ? 1 : 0)
              .description("1 for the status that the follower has")
              .tag("status", status.name())
              .register(meters));
    }
    return bound;
  }

  /// Not a number while the core knows no such follower.
  private Gauge.Builder<MasterLoop> gauge(
      String name, String follower, ToDoubleFunction<MasterView.FollowerView> value) {
    return Gauge.builder(name, loop, l -> valueOf(l, follower, value)).tag("follower", follower);
  }

  private static double valueOf(
      MasterLoop loop, String follower, ToDoubleFunction<MasterView.FollowerView> value) {
    return loop.view().followers().stream()
        .filter(each -> each.name().equals(follower))
        .mapToDouble(value)
        .findFirst()
        .orElse(Double.NaN);
  }
}
