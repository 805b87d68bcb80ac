package io.replog.master.cluster;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.replog.master.events.MasterListener;
import io.replog.master.faults.KnownFaults;
import io.replog.master.members.Members;
import io.replog.master.replicate.AttemptListener;
import io.replog.master.replicate.BatchPublisher;
import io.replog.master.replicate.Broadcast;
import io.replog.master.replicate.FullJitter;
import io.replog.master.replicate.Identities;
import io.replog.master.replicate.LinkSettings;
import io.replog.model.Member;
import io.replog.node.feed.FedNodes;
import io.replog.node.log.CoreLogView;
import io.replog.node.log.NodeLog;
import io.replog.node.security.ClusterToken;
import io.replog.node.settings.NodeSettings;
import io.replog.node.shutdown.FailStop;
import io.replog.node.tls.OutgoingTls;
import io.replog.replication.master.MasterCore;
import io.replog.replication.master.MasterInput;
import io.replog.replication.master.MasterSettings;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Puts a core, its links and its listeners together, of what the log holds at that moment. Each
/// core has a start id of its own, like that of another process.
@Component
final class MasterLives implements Supplier<MasterLife> {

  private final NodeSettings settings;
  private final ClusterToken token;
  private final OutgoingTls tls;
  private final NodeLog log;
  private final JsonMapper json;
  private final MeterRegistry meters;
  private final CircuitBreakerRegistry breakers;
  private final Members members;
  private final MasterCalls calls;
  private final List<MasterListener> listeners;
  private final AttemptListener attempts;
  private final KnownFaults faults;
  private final FedNodes fed;
  private final @Nullable BatchPublisher publisher;
  private final FailStop failStop;

  MasterLives(
      NodeSettings settings,
      ClusterToken token,
      OutgoingTls tls,
      NodeLog log,
      JsonMapper json,
      MeterRegistry meters,
      CircuitBreakerRegistry breakers,
      Members members,
      MasterCalls calls,
      List<MasterListener> listeners,
      AttemptListener attempts,
      KnownFaults faults,
      FedNodes fed,
      ObjectProvider<BatchPublisher> publisher,
      FailStop failStop) {
    this.settings = settings;
    this.token = token;
    this.tls = tls;
    this.log = log;
    this.json = json;
    this.meters = meters;
    this.breakers = breakers;
    this.members = members;
    this.calls = calls;
    this.listeners = List.copyOf(listeners);
    this.attempts = attempts;
    this.faults = faults;
    this.fed = fed;
    this.publisher = publisher.getIfAvailable();
    this.failStop = failStop;
  }

  @Override
  public MasterLife get() {
    MasterSettings fresh = settings(settings);
    CoreLogView view = new CoreLogView(log, failStop);
    return new MasterLife(core(fresh, view), inbox -> hands(fresh, view, inbox), failStop);
  }

  static MasterSettings settings(NodeSettings node) {
    return MasterSettings.defaults(
        node.clusterId(),
        UUID.randomUUID().toString(),
        node.followers().stream()
            .map(peer -> Member.eager(peer.name(), peer.url().toString()))
            .toList(),
        node.fsync(),
        node.quorumAppend(),
        node.bootstrapAlone(),
        maxInFlightBytes(Runtime.getRuntime().maxMemory()));
  }

  /// To one of its followers, which may be several.
  private static long maxInFlightBytes(long heapBytes) {
    return Math.clamp(heapBytes / 16, 4L << 20, 64L << 20);
  }

  private MasterCore core(MasterSettings fresh, CoreLogView view) {
    MasterCore core =
        new MasterCore(
            fresh,
            RecoveredState.of(log),
            view,
            new FullJitter(new SplittableRandom()),
            System.nanoTime());
    RecoveredState.remember(log, core);
    return core;
  }

  private MasterLife.Hands hands(
      MasterSettings fresh, CoreLogView view, Consumer<MasterInput> inbox) {
    Links links = new Links(linkSettings(fresh, view), breakers, inbox);
    return new MasterLife.Hands(new EffectPerformer(log, links, members, calls, listeners), links);
  }

  private LinkSettings linkSettings(MasterSettings fresh, CoreLogView view) {
    return new LinkSettings(
        fresh.clusterId(),
        fresh.startId(),
        token,
        tls,
        log,
        view,
        json,
        meters,
        attempts,
        faults::isCutOff,
        new Identities(),
        fed,
        settings.maxMessageBytes(),
        publisher == null
            ? null
            : new Broadcast(fresh.startId(), publisher, faults::isCutOff, json));
  }
}
