package io.replog.master.cluster;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.replog.master.events.MasterListener;
import io.replog.master.replicate.FollowerBreakers;
import io.replog.master.replicate.FollowerLink;
import io.replog.master.replicate.FullJitter;
import io.replog.master.replicate.Identities;
import io.replog.master.replicate.LinkSettings;
import io.replog.node.log.CoreLogView;
import io.replog.node.log.NodeLog;
import io.replog.node.security.ClusterToken;
import io.replog.node.settings.NodeSettings;
import io.replog.node.settings.Peer;
import io.replog.node.shutdown.FailStop;
import io.replog.node.tls.OutgoingTls;
import io.replog.replication.master.MasterCore;
import io.replog.replication.master.MasterEffect;
import io.replog.replication.master.MasterSettings;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// Puts core, log, links and listeners together.
@Configuration(proxyBeanMethods = false)
class ClusterConfiguration {

  @Bean
  MasterSettings masterSettings(NodeSettings settings) {
    return MasterSettings.defaults(
        settings.clusterId(),
        UUID.randomUUID().toString(),
        settings.followers().stream().map(Peer::name).toList(),
        settings.fsync(),
        settings.quorumAppend(),
        settings.bootstrapAlone());
  }

  @Bean
  CircuitBreakerRegistry circuitBreakers(MeterRegistry meters) {
    CircuitBreakerRegistry breakers = FollowerBreakers.registry();
    TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
    return breakers;
  }

  @Bean
  MasterCalls masterCalls() {
    return new MasterCalls();
  }

  @Bean
  OpenLinks openLinks() {
    return new OpenLinks();
  }

  @Bean
  CoreLogView coreLogView(NodeLog log, FailStop failStop) {
    return new CoreLogView(log, failStop);
  }

  @Bean
  LinkSettings linkSettings(
      NodeSettings node,
      MasterSettings master,
      ClusterToken token,
      OutgoingTls tls,
      NodeLog log,
      CoreLogView positions,
      JsonMapper json,
      MeterRegistry meters) {
    return new LinkSettings(
        master.clusterId(),
        master.startId(),
        token,
        tls,
        log,
        positions,
        json,
        meters,
        new Identities(),
        node.maxMessageBytes());
  }

  @Bean
  MasterCore masterCore(MasterSettings settings, NodeLog log, CoreLogView seenByCore) {
    MasterCore core =
        new MasterCore(
            settings,
            RecoveredState.of(log.recovery()),
            seenByCore,
            new FullJitter(new SplittableRandom()),
            System.nanoTime());
    RecoveredState.remember(log, core);
    return core;
  }

  @Bean(destroyMethod = "")
  MasterLoop masterLoop(
      MasterCore core,
      NodeSettings settings,
      LinkSettings linkSettings,
      CircuitBreakerRegistry breakers,
      NodeLog log,
      MasterCalls calls,
      OpenLinks openLinks,
      List<MasterListener> listeners,
      FailStop failStop) {
    return new MasterLoop(
        core,
        inbox -> {
          Map<String, FollowerLink> links =
              Links.open(settings.followers(), linkSettings, breakers, inbox);
          openLinks.add(links.values());
          return performer(log, links, calls, listeners);
        },
        failStop);
  }

  private static Consumer<MasterEffect> performer(
      NodeLog log,
      Map<String, FollowerLink> links,
      MasterCalls calls,
      List<MasterListener> listeners) {
    return new EffectPerformer(log, links, calls, listeners);
  }
}
