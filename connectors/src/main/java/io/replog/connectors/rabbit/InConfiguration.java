package io.replog.connectors.rabbit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.replog.broker.BrokerLink;
import io.replog.broker.StopSignal;
import io.replog.broker.Trouble;
import io.replog.connectors.log.LogClient;
import io.replog.model.WriteConcern;
import io.replog.node.settings.Variables;
import io.replog.node.settings.WhenSet;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/// From the queue into the log.
@Conditional(InConfiguration.IsOn.class)
class InConfiguration {

  /// `RABBITMQ_IN` is not off.
  static final class IsOn extends WhenSet<Variables> {

    IsOn() {
      super("variables", Variables.class, variables -> variables.onOff("RABBITMQ_IN").orElse(true));
    }
  }

  /// What the parts of this direction share.
  record Parts(
      RabbitSettings.In settings,
      InMeters meters,
      Trouble trouble,
      StopSignal stop,
      BrokerLink consuming,
      BrokerLink publishing) {}

  @Bean
  Parts inParts(RabbitSettings settings, MeterRegistry meters) {
    Trouble trouble = new Trouble("rabbitmq in");
    RabbitSettings.In in = Objects.requireNonNull(settings.in());
    BrokerLink consuming = BrokerLink.forConsuming(settings.uri(), "replog in", trouble);
    consuming.whenOpened(new InQueues(in, consuming)::declare);
    Gauge.builder("replog.rabbitmq.in.connected", consuming, link -> link.isOpen() ? 1 : 0)
        .description("Whether there is a connection to take messages from")
        .register(meters);
    return new Parts(
        in,
        new InMeters(meters),
        trouble,
        new StopSignal(),
        consuming,
        BrokerLink.forPublishing(settings.uri(), "replog in", trouble));
  }

  @Bean
  QueueConsumer queueConsumer(Parts parts, LogClient log) {
    InQueues queues = new InQueues(parts.settings(), parts.publishing());
    DeadLetters deadLetters =
        new DeadLetters(
            new ConfirmedPublisher(parts.publishing()),
            parts.settings().deadLetters(),
            queues::declareDead);
    QueueToLog listener =
        new QueueToLog(
            log, parts.settings(), deadLetters, parts.meters(), parts.trouble(), parts.stop());
    return new QueueConsumer(
        parts.settings(),
        listener,
        parts.consuming(),
        parts.publishing(),
        parts.trouble(),
        parts.stop());
  }

  @Bean
  RabbitStatus.InSource inStatus(Parts parts) {
    RabbitSettings.In settings = parts.settings();
    return () ->
        new RabbitStatus.In(
            settings.queue(),
            settings.deadLetters(),
            word(settings.concern()),
            parts.consuming().isOpen(),
            parts.trouble().isNow() ? "TROUBLED" : "TAKING",
            parts.meters().held(),
            parts.meters().deadLettered(),
            parts.meters().retries(),
            parts.trouble().last());
  }

  private static String word(WriteConcern concern) {
    return switch (concern) {
      case WriteConcern.Count count -> String.valueOf(count.nodes());
      case WriteConcern.Majority _ -> "majority";
      case WriteConcern.All _ -> "all";
    };
  }
}
