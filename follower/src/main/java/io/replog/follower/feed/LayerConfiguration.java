package io.replog.follower.feed;

import io.replog.follower.core.FollowerNode;
import io.replog.follower.faults.FaultsInForce;
import io.replog.node.events.EventLog;
import io.replog.node.feed.FedNodes;
import io.replog.node.http.MasterAddress;
import io.replog.node.log.NodeLog;
import io.replog.node.security.ClusterToken;
import io.replog.node.settings.NodeSettings;
import io.replog.node.tls.OutgoingTls;
import io.replog.replication.follower.FollowerAnswer;
import io.replog.replication.follower.FollowerInput;
import io.replog.replication.follower.FollowerView;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// What a layer node has and no other follower.
@Configuration(proxyBeanMethods = false)
@Conditional(IsLayerNode.class)
class LayerConfiguration {

  @Bean
  Layer layer() {
    return new Layer(System::nanoTime);
  }

  @Bean
  LayerMeters layerMeters(Layer layer, NodeLog log) {
    return new LayerMeters(layer, log);
  }

  @Bean(destroyMethod = "")
  HttpUpstream httpUpstream(
      NodeSettings settings, ClusterToken token, OutgoingTls tls, JsonMapper json) {
    return new HttpUpstream(Objects.requireNonNull(settings.upstream()), token, tls, json);
  }

  @Bean
  FeederThread feederThread(
      NodeSettings settings,
      HttpUpstream upstream,
      FollowerNode node,
      Layer layer,
      FedNodes fed,
      MasterAddress master,
      FaultsInForce faults,
      EventLog events) {
    Feeder feeder =
        new Feeder(
            settings,
            unlessCutOff(upstream, faults),
            core(node),
            layer,
            fed,
            master,
            events,
            new SplittableRandom());
    return new FeederThread(feeder, upstream);
  }

  private static Upstream unlessCutOff(Upstream upstream, FaultsInForce faults) {
    return request ->
        faults.faults().partition()
            ? new Upstream.Reply.Failed("cut off by an injected partition")
            : upstream.ask(request);
  }

  private static FedCore core(FollowerNode node) {
    return new FedCore() {
      @Override
      public FollowerView view() throws InterruptedException {
        return node.exactView();
      }

      @Override
      public FollowerAnswer call(LongFunction<FollowerInput> input) throws InterruptedException {
        return node.call(input);
      }
    };
  }
}
