package io.replog.follower.broker;

import io.micrometer.core.instrument.MeterRegistry;
import io.replog.broker.BrokerHealth;
import io.replog.broker.BrokerIsOn;
import io.replog.broker.BrokerLink;
import io.replog.broker.BrokerSender;
import io.replog.broker.ClusterMessages;
import io.replog.broker.ForgedMessages;
import io.replog.broker.ReplicationNames;
import io.replog.broker.Trouble;
import io.replog.follower.faults.BatchFaults;
import io.replog.follower.replicate.MasterBatches;
import io.replog.node.security.ClusterToken;
import io.replog.node.settings.NodeSettings;
import java.net.URI;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// What takes batches from a queue, where that is on.
@Configuration(proxyBeanMethods = false)
@Conditional(BrokerIsOn.class)
class BrokerConfiguration {

  @Bean
  Trouble brokerTrouble() {
    return new Trouble("rabbitmq");
  }

  @Bean(destroyMethod = "")
  EntriesConsumer entriesConsumer(
      NodeSettings settings,
      ClusterToken token,
      MasterBatches batches,
      BatchFaults faults,
      JsonMapper json,
      Trouble trouble,
      MeterRegistry meters) {
    URI uri = Objects.requireNonNull(settings.replicationBroker());
    String node = settings.node();
    ClusterMessages messages = new ClusterMessages(settings.clusterId(), token);
    BrokerSender sender =
        new BrokerSender(
            "broker-answers",
            BrokerLink.forPublishing(uri, "replog " + node + ", answers", trouble));
    return new EntriesConsumer(
        node,
        new ReplicationNames(settings.clusterId()),
        BrokerLink.forConsuming(uri, "replog " + node + ", entries", trouble),
        new BatchTaking(batches, faults, new AnswerSending(node, messages, sender, json), messages),
        trouble,
        new ForgedMessages(meters));
  }

  @Bean
  BrokerHealth brokerHealthIndicator(
      EntriesConsumer consumer, Trouble trouble, MeterRegistry meters) {
    return new BrokerHealth(consumer::isReading, trouble, meters);
  }
}
