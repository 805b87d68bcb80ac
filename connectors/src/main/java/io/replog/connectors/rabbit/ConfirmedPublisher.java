package io.replog.connectors.rabbit;

import io.replog.broker.BrokerLink;
import io.replog.broker.Confirms;
import io.replog.broker.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/// Publishes, and says of which messages it is certain that the broker has them in every queue that
/// they were meant for. What failed may be in some queues all the same. For one thread.
final class ConfirmedPublisher {

  /// How long the broker may take over all messages of one call.
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final BrokerLink link;
  private final RabbitTemplate template;

  /// @param link one for publishing
  ConfirmedPublisher(BrokerLink link) {
    this.link = link;
    this.template = link.template();
  }

  /// What became of some messages in a row.
  ///
  /// @param count how many of them the broker has taken, from the first on without a gap
  /// @param failure why not the next one, null when there is none
  record Taken(int count, @Nullable String failure) {

    boolean isAll() {
      return failure == null;
    }
  }

  /// Publishes in this order, all of them at once, and waits for what the broker says. Never throws
  /// because of the broker.
  Taken publish(String exchange, String routingKey, List<Message> messages) {
    String blocked = link.blockedBecause();
    if (blocked != null) {
      return new Taken(0, "the broker is blocked: " + blocked);
    }
    List<CorrelationData> sent = messages.stream().map(_ -> new CorrelationData()).toList();
    try {
      return Objects.requireNonNull(
          template.invoke(
              _ -> {
                send(exchange, routingKey, messages, sent);
                return outcome(sent);
              }));
    } catch (AmqpException failed) {
      return new Taken(0, "the broker took nothing: " + Trouble.of(failed));
    } finally {
      renewIfLost(sent);
    }
  }

  /// On the one channel that the template holds for this thread meanwhile, so in order.
  private void send(
      String exchange, String routingKey, List<Message> messages, List<CorrelationData> sent) {
    for (int place = 0; place < messages.size(); place++) {
      template.send(exchange, routingKey, messages.get(place), sent.get(place));
    }
  }

  /// A channel that the broker has closed may have been closed because what it needs was deleted: a
  /// new connection declares that anew. What is not confirmed yet must not arrive later either.
  private void renewIfLost(List<CorrelationData> sent) {
    if (sent.stream().anyMatch(each -> Confirms.isLost(each.getFuture().getNow(null)))) {
      link.renew();
    }
  }

  private static Taken outcome(List<CorrelationData> sent) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    for (int count = 0; count < sent.size(); count++) {
      String failure = failure(sent.get(count), deadline);
      if (failure != null) {
        return new Taken(count, failure);
      }
    }
    return new Taken(sent.size(), null);
  }

  private static @Nullable String failure(CorrelationData sent, long deadline) {
    try {
      long left = Math.max(0, deadline - System.nanoTime());
      return Confirms.failure(sent, sent.getFuture().get(left, TimeUnit.NANOSECONDS));
    } catch (TimeoutException _) {
      return "the broker has not confirmed it within %d s".formatted(LIMIT.toSeconds());
    } catch (ExecutionException failed) {
      return "the broker has not confirmed it: " + Trouble.of(failed);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return "stopped before the broker has confirmed it";
    }
  }
}
