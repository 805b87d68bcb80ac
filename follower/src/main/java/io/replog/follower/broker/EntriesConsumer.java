package io.replog.follower.broker;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import io.replog.broker.BrokerLink;
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
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.listener.api.ChannelAwareMessageListener;
import org.springframework.context.SmartLifecycle;

/// Takes batches from the queue of this follower, by one consumer, and acknowledges each to the
/// broker when it is answered. Declares the queue at every start, on every new connection, and when
/// it was deleted. Nothing is taken before a master has spoken to this process over HTTP: what
/// waits in the queue may be of one that is gone, and is then refused as its.
final class EntriesConsumer implements ChannelAwareMessageListener, SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(EntriesConsumer.class);

  /// Batches that are with this node at once. A bound on memory; with an artificial delay also on
  /// how much can come within it.
  private static final int PREFETCH = 128;

  private static final long LOOK_AGAIN_MILLIS = 50;

  private final String queue;
  private final BatchTaking taking;
  private final QueueReader reader;
  private final Trouble trouble;
  private final ForgedMessages forged;
  private final Runnable declare;
  private final StopSignal stop = new StopSignal();
  private boolean claimed;

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
    this.reader = new QueueReader("broker-entries", consuming, queue, PREFETCH);
    RabbitAdmin admin = new RabbitAdmin(consuming.factory());
    admin.setIgnoreDeclarationExceptions(true);
    this.declare = () -> names.declareEntries(admin, node);
    consuming.whenOpened(declare);
  }

  /// Whether the broker delivers here, as far as is known.
  boolean isReading() {
    return reader.isReading();
  }

  /// For the one thread of the consumer.
  @Override
  public void onMessage(Message message, @Nullable Channel channel) {
    long delivery = message.getMessageProperties().getDeliveryTag();
    EntriesMessage entries = taking.read(message);
    if (entries == null) {
      forged.drop(queue);
      acknowledge(channel, delivery);
    } else if (isClaimed()) {
      take(entries, () -> acknowledge(channel, delivery));
    }
  }

  private void take(EntriesMessage entries, Runnable settled) {
    try {
      taking.take(entries, settled);
    } catch (RuntimeException unforeseen) {
      LOG.warn("batch {} of the broker broke", entries.number(), unforeseen);
      settled.run();
    }
  }

  /// Waits until a master has spoken; false when this node stops before.
  private boolean isClaimed() {
    while (!claimed && !stop.isGiven()) {
      claimed =
          taking.isClaimed() || (!stop.isGivenWithin(LOOK_AGAIN_MILLIS) && taking.isClaimed());
    }
    return claimed;
  }

  /// Where the channel is gone, the broker delivers again, and the batch is known then.
  private static void acknowledge(@Nullable Channel channel, long delivery) {
    try {
      if (channel != null) {
        channel.basicAck(delivery, false);
      }
    } catch (IOException | AlreadyClosedException gone) {
      LOG.debug("delivery {} is not acknowledged", delivery, gone);
    }
  }

  @Override
  public void start() {
    taking.start();
    reader.start(this, AcknowledgeMode.MANUAL, trouble, declare);
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
