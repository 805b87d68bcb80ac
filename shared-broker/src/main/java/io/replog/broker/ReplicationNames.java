package io.replog.broker;

import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.FanoutExchange;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/// What the nodes of one cluster have on the broker: an exchange that the master publishes every
/// batch to, a queue of each follower that it feeds, a queue of each process of a master for the
/// answers. What is there with other properties is used as it is.
public final class ReplicationNames {

  /// What a queue of a follower holds at most. The oldest goes first; the follower finds a gap
  /// then, and catches up over HTTP.
  private static final int MAX_ENTRIES_BYTES = 64 << 20;

  private static final int MAX_ANSWERS_BYTES = 16 << 20;

  /// A follower that is away for longer catches up over HTTP.
  private static final int ENTRIES_EXPIRE_MILLIS = 24 * 60 * 60 * 1_000;

  private static final int ANSWERS_EXPIRE_MILLIS = 60_000;

  /// A virtual host may have another type for those who name none.
  private static final String TYPE = "x-queue-type";

  private static final String CLASSIC = "classic";

  private final String prefix;

  public ReplicationNames(String clusterId) {
    this.prefix = "replog." + clusterId;
  }

  /// Where batches are published.
  public String exchange() {
    return prefix + ".entries";
  }

  /// What feeds one follower.
  public String entries(String follower) {
    return exchange() + "." + follower;
  }

  /// What brings answers to one process of a master.
  public String answers(String processId) {
    return prefix + ".answers." + processId;
  }

  /// Sees to it that the exchange is there.
  public void declareExchange(RabbitAdmin admin) {
    admin.declareExchange(fanout());
  }

  /// Sees to it that the queue of a follower is there and fed.
  public void declareEntries(RabbitAdmin admin, String follower) {
    declareExchange(admin);
    Queue queue =
        QueueBuilder.durable(entries(follower))
            .withArgument(TYPE, CLASSIC)
            .maxLengthBytes(MAX_ENTRIES_BYTES)
            .overflow(QueueBuilder.Overflow.dropHead)
            .expires(ENTRIES_EXPIRE_MILLIS)
            .singleActiveConsumer()
            .build();
    Binding binding = BindingBuilder.bind(queue).to(fanout());
    admin.declareQueue(queue);
    admin.declareBinding(binding);
  }

  /// Sees to it that the queue of answers is there; it is gone soon after its reader.
  public void declareAnswers(RabbitAdmin admin, String processId) {
    admin.declareQueue(
        QueueBuilder.durable(answers(processId))
            .withArgument(TYPE, CLASSIC)
            .autoDelete()
            .maxLengthBytes(MAX_ANSWERS_BYTES)
            .overflow(QueueBuilder.Overflow.dropHead)
            .expires(ANSWERS_EXPIRE_MILLIS)
            .build());
  }

  private FanoutExchange fanout() {
    return new FanoutExchange(exchange());
  }
}
