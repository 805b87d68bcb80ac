package io.replog.connectors.rabbit;

import io.replog.broker.BrokerLink;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/// The queues of the way into the log, as they are declared. One that is there with other
/// properties is used as it is.
final class InQueues {

  /// The first version of the broker that drops a message by itself, at its 21st delivery, and
  /// knows how to be told not to.
  private static final int LIMITS_SINCE = 4;

  private static final int UNLIMITED = -1;

  private final RabbitSettings.In settings;
  private final RabbitAdmin admin;

  /// @param link on which they are declared
  InQueues(RabbitSettings.In settings, BrokerLink link) {
    this.settings = settings;
    this.admin = link.admin();
  }

  /// Sees to it that both are there. To be called on every new connection.
  void declare() {
    admin.declareQueue(incoming(settings.queue(), brokerVersion()));
    declareDead();
  }

  /// Sees to it that the one of messages which can never become entries is there.
  void declareDead() {
    admin.declareQueue(dead(settings.deadLetters()));
  }

  private @Nullable String brokerVersion() {
    Object version =
        admin
            .getRabbitTemplate()
            .execute(channel -> channel.getConnection().getServerProperties().get("version"));
    return version == null ? null : version.toString();
  }

  /// Replicated where the broker is a cluster, and with one consumer at a time, however many are
  /// started by mistake. A message is delivered again whenever somebody was killed before it was
  /// acknowledged, which must not count against it.
  ///
  /// @param brokerVersion such as `4.1.2`, null when the broker does not say
  static Queue incoming(String name, @Nullable String brokerVersion) {
    QueueBuilder queue = QueueBuilder.durable(name).quorum().singleActiveConsumer();
    return (isLimiting(brokerVersion) ? queue.deliveryLimit(UNLIMITED) : queue).build();
  }

  /// Those before refuse such a limit, and have none by themselves.
  private static boolean isLimiting(@Nullable String brokerVersion) {
    return brokerVersion != null
        && brokerVersion.matches("\\d{1,4}\\..*")
        && Integer.parseInt(brokerVersion.substring(0, brokerVersion.indexOf('.'))) >= LIMITS_SINCE;
  }

  static Queue dead(String name) {
    return QueueBuilder.durable(name).quorum().build();
  }
}
