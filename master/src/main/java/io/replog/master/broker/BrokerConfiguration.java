package io.replog.master.broker;

import io.micrometer.core.instrument.MeterRegistry;
import io.replog.broker.BrokerHealth;
import io.replog.broker.BrokerIsOn;
import io.replog.broker.BrokerLink;
import io.replog.broker.ClusterMessages;
import io.replog.broker.ForgedMessages;
import io.replog.broker.ReplicationNames;
import io.replog.broker.Trouble;
import io.replog.node.security.ClusterToken;
import io.replog.node.settings.NodeSettings;
import java.net.URI;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/// What publishes batches, where that is on.
@Configuration(proxyBeanMethods = false)
@Conditional(BrokerIsOn.class)
class BrokerConfiguration {

  @Bean
  Trouble brokerTrouble() {
    return new Trouble("rabbitmq");
  }

  @Bean(destroyMethod = "")
  MasterBroker masterBroker(
      NodeSettings settings, ClusterToken token, Trouble trouble, MeterRegistry meters) {
    URI uri = Objects.requireNonNull(settings.replicationBroker());
    return new MasterBroker(
        new ReplicationNames(settings.clusterId()),
        new ClusterMessages(settings.clusterId(), token),
        BrokerLink.forPublishing(uri, "replog master, entries", trouble),
        BrokerLink.forConsuming(uri, "replog master, answers", trouble),
        trouble,
        new BrokerMeters(meters),
        new ForgedMessages(meters));
  }

  @Bean
  BrokerHealth brokerHealthIndicator(MasterBroker broker, Trouble trouble, MeterRegistry meters) {
    return new BrokerHealth(broker::isReady, trouble, meters);
  }
}
