package io.replog.connectors.rabbit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.replog.broker.BrokerLink;
import io.replog.broker.StopSignal;
import io.replog.broker.Trouble;
import io.replog.connectors.log.LogClient;
import io.replog.node.settings.Variables;
import io.replog.node.settings.WhenSet;
import java.util.Objects;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.core.FanoutExchange;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import tools.jackson.databind.json.JsonMapper;

/// From the log to the exchange.
@Conditional(OutConfiguration.IsOn.class)
class OutConfiguration {

  /// `RABBITMQ_OUT` is not off.
  static final class IsOn extends WhenSet<Variables> {

    IsOn() {
      super(
          "variables", Variables.class, variables -> variables.onOff("RABBITMQ_OUT").orElse(true));
    }
  }

  /// What the parts of this direction share.
  record Parts(
      RabbitSettings.Out settings,
      OutMeters meters,
      Trouble trouble,
      StopSignal stop,
      BrokerLink link) {}

  @Bean
  Parts outParts(RabbitSettings settings, MeterRegistry meters) {
    Trouble trouble = new Trouble("rabbitmq out");
    BrokerLink link = BrokerLink.forPublishing(settings.uri(), "replog out", trouble);
    Gauge.builder("replog.rabbitmq.out.connected", link, open -> open.isOpen() ? 1 : 0)
        .description("Whether there is a connection to publish on")
        .register(meters);
    Gauge.builder("replog.rabbitmq.out.blocked", link, it -> it.blockedBecause() == null ? 0 : 1)
        .description("Whether the broker takes nothing from publishers because it is full")
        .register(meters);
    return new Parts(
        Objects.requireNonNull(settings.out()),
        new OutMeters(meters),
        trouble,
        new StopSignal(),
        link);
  }

  @Bean
  OutLoop outLoop(Parts parts, LogClient log, JsonMapper json) {
    LogToExchange publishing =
        new LogToExchange(
            log,
            new ConfirmedPublisher(parts.link()),
            new PositionFile(parts.settings().position(), json),
            parts.settings(),
            parts.meters(),
            parts.trouble(),
            parts.stop());
    return new OutLoop(publishing, parts.link(), parts.stop());
  }

  /// Declares the exchange on every new connection; one that is there with other properties is used
  /// as it is.
  @Bean
  RabbitAdmin outAdmin(Parts parts) {
    return parts.link().admin();
  }

  @Bean
  Declarables outExchange(Parts parts, RabbitAdmin outAdmin) {
    FanoutExchange exchange = new FanoutExchange(parts.settings().exchange());
    exchange.setAdminsThatShouldDeclare(outAdmin);
    return new Declarables(exchange);
  }

  @Bean
  RabbitStatus.OutSource outStatus(Parts parts) {
    OutMeters meters = parts.meters();
    return () ->
        new RabbitStatus.Out(
            parts.settings().exchange(),
            parts.link().isOpen(),
            parts.link().blockedBecause(),
            meters.state(),
            meters.logId(),
            meters.index(),
            meters.lastIndex(),
            meters.lag(),
            meters.published(),
            meters.failures(),
            parts.trouble().last());
  }
}
