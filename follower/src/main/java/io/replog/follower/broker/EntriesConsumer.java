package io.replog.follower.broker;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import io.replog.broker.BrokerLink;
import io.replog.broker.ClusterMessages;
import io.replog.broker.EntriesMessage;
import io.replog.broker.ForgedMessages;
import io.replog.broker.QueueReader;
import io.replog.broker.ReplicationNames;
import io.replog.broker.StopSignal;
import io.replog.broker.Trouble;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.listener.api.ChannelAwareMessageListener;
import org.springframework.context.SmartLifecycle;

/// Takes batches from the queue of this follower, by one consumer, and acknowledges each to the
/// broker when it is answered. Declares the queue at every start, on every new connection, when it
/// was deleted, and now and then, for its binding may be.
///
/// Taken is only what comes from the master that speaks to this process over HTTP at that time. So
/// a queue never makes a node obey anybody: not a master that is gone, nor one of another log that
/// had the same names, nor one that this node does not belong to any more.
final class EntriesConsumer implements ChannelAwareMessageListener, SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(EntriesConsumer.class);

  /// Batches that are with this node at once, at most. With an artificial delay also a bound on how
  /// much can come within it.
  private static final int MOST_AT_ONCE = 128;

  /// They may take a quarter of the heap together.
  private static final int HEAP_PARTS = 4;

  private static final long LOOK_AGAIN_MILLIS = 50;
  private static final long DECLARE_AGAIN_MILLIS = 10_000;

  private final String queue;
  private final BatchTaking taking;
  private final QueueReader reader;
  private final Trouble trouble;
  private final ForgedMessages forged;
  private final Runnable declare;
  private final StopSignal stop = new StopSignal();

  EntriesConsumer(
      String node,
      ReplicationNames names,
      BrokerLink consuming,
      BatchTaking taking,
      Trouble trouble,
      ForgedMessages forged) {
    this.queue = names.entries(node);
    this.taking = taking;
    this.trouble = trouble;
    this.forged = forged;
    this.reader =
        new QueueReader(
            "broker-entries", consuming, queue, atOnce(Runtime.getRuntime().maxMemory()));
    RabbitAdmin admin = consuming.admin();
    this.declare = () -> names.declareEntries(admin, node);
    consuming.whenOpened(declare);
  }

  private static int atOnce(long heapBytes) {
    return Math.clamp(heapBytes / HEAP_PARTS / ClusterMessages.MAX_BODY_BYTES, 1, MOST_AT_ONCE);
  }

  /// Whether the broker delivers here, as far as is known.
  boolean isReading() {
    return reader.isReading();
  }

  /// For the one thread of the consumer.
  @Override
  public void onMessage(Message message, @Nullable Channel channel) {
    Delivered delivered = new Delivered(channel, message.getMessageProperties().getDeliveryTag());
    EntriesMessage entries = taking.read(message);
    if (entries == null) {
      forged.drop(queue);
      delivered.settle();
    } else {
      takeWhenSpokenTo(entries, delivered);
    }
  }

  /// While nobody speaks to this node nothing is known of the batch. While somebody else than its
  /// sender does, it is of no use: whoever is to have it gets it over HTTP.
  private void takeWhenSpokenTo(EntriesMessage entries, Delivered delivered) {
    String obeyed = awaitWord();
    if (obeyed == null) {
      delivered.giveBack();
    } else if (obeyed.equals(entries.startId())) {
      take(entries, delivered);
    } else {
      delivered.settle();
    }
  }

  /// Waits until a master speaks to this node. Null when this node stops before.
  private @Nullable String awaitWord() {
    String obeyed = taking.obeyed();
    while (obeyed == null && !stop.isGivenWithin(LOOK_AGAIN_MILLIS)) {
      obeyed = taking.obeyed();
    }
    return obeyed;
  }

  private void take(EntriesMessage entries, Delivered delivered) {
    try {
      taking.take(entries, delivered);
    } catch (RuntimeException unforeseen) {
      LOG.warn("batch {} of the broker broke", entries.number(), unforeseen);
      delivered.settle();
    }
  }

  /// Where the channel is gone, the broker delivers again, and the batch is known then. Spring says
  /// so by an [IllegalStateException].
  ///
  /// @param tag number of the delivery on its channel
  private record Delivered(@Nullable Channel channel, long tag) implements BatchTaking.Delivery {

    @Override
    public void settle() {
      try {
        if (channel != null) {
          channel.basicAck(tag, false);
        }
      } catch (IOException | AlreadyClosedException | IllegalStateException gone) {
        LOG.debug("delivery {} is not acknowledged", tag, gone);
      }
    }

    @Override
    public void giveBack() {
      try {
        if (channel != null) {
          channel.basicNack(tag, false, true);
        }
      } catch (IOException | AlreadyClosedException | IllegalStateException gone) {
        LOG.debug("delivery {} goes back by itself", tag, gone);
      }
    }
  }

  /// A deleted exchange takes the bindings of all queues with it, which nobody else notices.
  private void declareNowAndThen() {
    while (!stop.isGivenWithin(DECLARE_AGAIN_MILLIS)) {
      try {
        if (reader.isReading()) {
          declare.run();
        }
      } catch (AmqpException broken) {
        LOG.debug("the queue could not be declared", broken);
      }
    }
  }

  @Override
  public void start() {
    taking.start();
    reader.start(this, AcknowledgeMode.MANUAL, trouble, declare);
    Thread.startVirtualThread(this::declareNowAndThen);
  }

  @Override
  public void stop() {
    stop.give();
    reader.close();
    taking.stop();
  }

  @Override
  public boolean isRunning() {
    return reader.isRunning();
  }
}
