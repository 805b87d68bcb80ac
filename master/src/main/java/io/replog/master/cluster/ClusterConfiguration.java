package io.replog.master.cluster;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.replog.master.replicate.FollowerBreakers;
import io.replog.node.settings.NodeSettings;
import io.replog.replication.master.MasterSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What every core of this process shares.
@Configuration(proxyBeanMethods = false)
class ClusterConfiguration {

  @Bean
  MasterSettings masterSettings(NodeSettings settings) {
    return MasterLives.settings(settings);
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

  @Bean(destroyMethod = "")
  MasterLoop masterLoop(MasterLives lives, MasterCalls calls) {
    return new MasterLoop(lives, calls);
  }
}
