package io.replog.connectors.rabbit;

import com.rabbitmq.client.Channel;
import io.replog.broker.Pauses;
import io.replog.broker.StopSignal;
import io.replog.broker.Trouble;
import io.replog.connectors.log.AppendRefusedException;
import io.replog.connectors.log.AppendUnknownException;
import io.replog.connectors.log.LogClient;
import io.replog.connectors.log.NewMessage;
import io.replog.connectors.rabbit.ConfirmedPublisher.Taken;
import io.replog.model.WriteConcern;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.listener.api.ChannelAwareMessageListener;
import org.springframework.util.backoff.BackOffExecution;

/// Settles the messages of the queue one after the other: a message is acknowledged to the broker
/// when enough nodes hold it, and the next one is not looked at before that. So the order of the
/// queue is the order of the log. What was acknowledged too late, or not at all because somebody
/// was killed, comes again and is found in the log by its key.
final class QueueToLog implements ChannelAwareMessageListener {

  private final LogClient log;
  private final WriteConcern concern;
  private final int maxMessageBytes;
  private final DeadLetters deadLetters;
  private final InMeters meters;
  private final Trouble trouble;
  private final StopSignal stop;

  /// @param stop after it nothing is acknowledged any more
  QueueToLog(
      LogClient log,
      RabbitSettings.In settings,
      DeadLetters deadLetters,
      InMeters meters,
      Trouble trouble,
      StopSignal stop) {
    this.log = log;
    this.concern = settings.concern();
    this.maxMessageBytes = settings.maxMessageBytes();
    this.deadLetters = deadLetters;
    this.meters = meters;
    this.trouble = trouble;
    this.stop = stop;
  }

  /// Returns when the message is settled, however long that takes, or at the signal to stop: then
  /// the broker keeps it.
  @Override
  public void onMessage(Message message, @Nullable Channel channel) throws IOException {
    if (isSettled(message)) {
      long delivery = message.getMessageProperties().getDeliveryTag();
      Objects.requireNonNull(channel).basicAck(delivery, false);
    }
  }

  private boolean isSettled(Message message) {
    BackOffExecution pauses = Pauses.begin();
    while (!stop.isGiven()) {
      if (attempt(message).isFinal()) {
        return true;
      }
      stop.isGivenWithin(pauses.nextBackOff());
    }
    return false;
  }

  /// Never throws: whoever looked at the next message because of that would change the order.
  private Verdict attempt(Message message) {
    Verdict verdict;
    try {
      verdict = settle(message);
    } catch (RuntimeException unexpected) {
      verdict = new Verdict.Later("unexpected: " + unexpected);
    }
    if (verdict instanceof Verdict.Later later) {
      trouble.is(later.reason());
    } else {
      trouble.isOver();
    }
    meters.note(verdict);
    return verdict;
  }

  private Verdict settle(Message message) {
    return switch (Incoming.of(message, maxMessageBytes)) {
      case Incoming.Fit fit -> append(fit.message(), message);
      case Incoming.Poison poison -> bury(message, poison.reason());
    };
  }

  private Verdict append(NewMessage entry, Message message) {
    try {
      log.append(entry.text(), entry.key(), concern);
      return new Verdict.Held();
    } catch (AppendRefusedException refused) {
      return refused.isForEver()
          ? bury(message, refused.getMessage())
          : new Verdict.Later("the log takes nothing: " + refused.getMessage());
    } catch (AppendUnknownException unknown) {
      return new Verdict.Later("the log did not confirm: " + unknown.getMessage());
    }
  }

  private Verdict bury(Message message, @Nullable String reason) {
    Taken taken = deadLetters.put(message, String.valueOf(reason));
    return taken.isAll()
        ? new Verdict.Dead()
        : new Verdict.Later("a message cannot be put aside: " + taken.failure());
  }
}
