package io.replog.follower.broker;

import io.replog.broker.AnswerMessage;
import io.replog.broker.BrokerSender;
import io.replog.broker.ClusterMessages;
import io.replog.broker.EntriesMessage;
import io.replog.model.Envelope;
import io.replog.node.problem.Refusal;
import tools.jackson.databind.json.JsonMapper;

/// Sends what this follower says to a batch back to the master that published it. One that is lost
/// has the master ask over HTTP.
final class AnswerSending {

  private static final String DEFAULT_EXCHANGE = "";

  private final String node;
  private final ClusterMessages messages;
  private final BrokerSender sender;
  private final JsonMapper json;

  AnswerSending(String node, ClusterMessages messages, BrokerSender sender, JsonMapper json) {
    this.node = node;
    this.messages = messages;
    this.sender = sender;
    this.json = json;
  }

  /// Sends an answer. Returns at once.
  void send(EntriesMessage to, Envelope<?> answer) {
    AnswerMessage message =
        new AnswerMessage(
            to.startId(), to.number(), node, answer.statusCode(), json.writeValueAsBytes(answer));
    sender.send(
        new BrokerSender.Letter(DEFAULT_EXCHANGE, to.answerTo(), messages.write(message), _ -> {}));
  }

  /// Sends a refusal. Returns at once.
  void send(EntriesMessage to, Refusal refusal) {
    send(
        to,
        new Envelope<>(
            refusal.type().status(), String.valueOf(refusal.getMessage()), refusal.data()));
  }

  void start() {
    sender.start();
  }

  void stop() {
    sender.close();
  }
}
