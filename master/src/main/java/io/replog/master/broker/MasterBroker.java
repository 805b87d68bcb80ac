package io.replog.master.broker;

import io.replog.broker.AnswerMessage;
import io.replog.broker.BrokerLink;
import io.replog.broker.BrokerSender;
import io.replog.broker.ClusterMessages;
import io.replog.broker.EntriesMessage;
import io.replog.broker.ForgedMessages;
import io.replog.broker.QueueReader;
import io.replog.broker.ReplicationNames;
import io.replog.broker.Trouble;
import io.replog.master.replicate.BatchPublisher;
import io.replog.master.replicate.Broadcast;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.context.SmartLifecycle;

/// The master at the broker: one connection to publish batches, one to take answers, in a queue of
/// this process. Both come back by themselves; meanwhile nothing is ready.
final class MasterBroker implements BatchPublisher, SmartLifecycle {

  private static final String ANY_KEY = "";

  /// Answers that were sent ahead. They are small and taken at once.
  private static final int PREFETCH = 256;

  private final String processId = UUID.randomUUID().toString();
  private final ReplicationNames names;
  private final ClusterMessages messages;
  private final BrokerSender sender;
  private final QueueReader reader;
  private final Trouble trouble;
  private final BrokerMeters meters;
  private final ForgedMessages forged;
  private final RabbitAdmin answersAdmin;
  private final Map<String, Broadcast> broadcasts = new ConcurrentHashMap<>();

  MasterBroker(
      ReplicationNames names,
      ClusterMessages messages,
      BrokerLink publishing,
      BrokerLink consuming,
      Trouble trouble,
      BrokerMeters meters,
      ForgedMessages forged) {
    this.names = names;
    this.messages = messages;
    this.trouble = trouble;
    this.meters = meters;
    this.forged = forged;
    this.sender = new BrokerSender("broker-entries", publishing);
    this.reader = new QueueReader("broker-answers", consuming, names.answers(processId), PREFETCH);
    this.answersAdmin = consuming.admin();
    RabbitAdmin entriesAdmin = publishing.admin();
    publishing.whenOpened(() -> names.declareExchange(entriesAdmin));
    publishing.whenLost(() -> interrupt("the broker takes nothing"));
    consuming.whenOpened(this::declareAnswers);
    consuming.whenLost(() -> interrupt("the broker brings no answers"));
  }

  private void declareAnswers() {
    names.declareAnswers(answersAdmin, processId);
  }

  private void interrupt(String why) {
    broadcasts.values().forEach(broadcast -> broadcast.interrupted(why));
  }

  @Override
  public boolean isReady() {
    return sender.isReady() && reader.isReading();
  }

  @Override
  public void publish(String startId, long number, byte[] json, Consumer<@Nullable String> end) {
    Message message =
        messages.write(new EntriesMessage(startId, number, names.answers(processId), json));
    sender.send(
        new BrokerSender.Letter(
            names.exchange(),
            ANY_KEY,
            message,
            failure -> {
              meters.ended(failure == null);
              end.accept(failure);
            }));
  }

  @Override
  public void join(Broadcast broadcast) {
    broadcasts.put(broadcast.startId(), broadcast);
  }

  @Override
  public void leave(Broadcast broadcast) {
    broadcasts.remove(broadcast.startId());
  }

  private void take(Message message) {
    AnswerMessage answer = messages.readAnswer(message);
    if (answer == null) {
      forged.drop(names.answers(processId));
      return;
    }
    Broadcast broadcast = broadcasts.get(answer.startId());
    if (broadcast != null) {
      broadcast.answered(answer.follower(), answer.number(), answer.status(), answer.body());
    }
  }

  @Override
  public void start() {
    sender.start();
    reader.start(this::take, AcknowledgeMode.NONE, trouble, this::declareAnswers);
  }

  @Override
  public void stop() {
    interrupt("this node stops");
    reader.close();
    sender.close();
  }

  @Override
  public boolean isRunning() {
    return reader.isRunning();
  }
}
