package io.replog.connectors.rabbit;

import io.replog.node.settings.Variables;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Everything about RabbitMQ, where a broker is named. Nothing else of this package refers to the
/// client of the broker unless this does, and Spring Boot's own configuration of it is not there:
/// that would make the health of this process that of the broker.
@Configuration(proxyBeanMethods = false)
@Conditional(RabbitIsOn.class)
@Import({InConfiguration.class, OutConfiguration.class})
class RabbitConfiguration {

  @Bean
  RabbitSettings rabbitSettings(Variables variables) {
    return RabbitSettings.read(variables);
  }
}
