package io.replog.connectors.rabbit;

import io.replog.connectors.rabbit.ConfirmedPublisher.Taken;
import java.util.List;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageDeliveryMode;

/// Where messages go that can never become entries, as they came, with the reason in a header. The
/// broker's own dead-lettering would not say why. A kill in between puts one there twice.
final class DeadLetters {

  static final String REASON = "Refused-Because";
  private static final String DEFAULT_EXCHANGE = "";
  private static final String FURTHER_QUEUES = "CC";
  private static final int MAX_REASON = 1_000;

  private final ConfirmedPublisher publisher;
  private final String queue;
  private final Runnable declaring;

  /// @param declaring sees to it that the queue is there
  DeadLetters(ConfirmedPublisher publisher, String queue, Runnable declaring) {
    this.publisher = publisher;
    this.queue = queue;
    this.declaring = declaring;
  }

  /// Where it does not go, the queue may have been deleted: the next attempt finds it again.
  ///
  /// @return whether the broker has it now
  Taken put(Message message, String reason) {
    Taken taken = publisher.publish(DEFAULT_EXCHANGE, queue, List.of(dead(message, reason)));
    if (!taken.isAll()) {
      declaring.run();
    }
    return taken;
  }

  /// It neither expires there nor goes to the further queues that its sender named.
  private static Message dead(Message message, String reason) {
    String shown = reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason;
    Message dead =
        MessageBuilder.fromMessage(message)
            .setHeader(REASON, shown)
            .removeHeader(FURTHER_QUEUES)
            .setDeliveryMode(MessageDeliveryMode.PERSISTENT)
            .build();
    dead.getMessageProperties().setExpiration(null);
    return dead;
  }
}
