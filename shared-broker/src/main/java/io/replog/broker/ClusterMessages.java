package io.replog.broker;

import io.replog.node.security.ClusterToken;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageBuilderSupport;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.core.MessageProperties;

/// What the nodes of one cluster say to one another through the broker, signed. What is not of this
/// cluster, or was changed on its way, is not read.
public final class ClusterMessages {

  /// The longest body of a batch that goes through the broker, bytes. A longer one goes over HTTP.
  public static final int MAX_BODY_BYTES = 2 << 20;

  /// The longest body of an answer, bytes: as over HTTP.
  private static final int MAX_ANSWER_BYTES = 64 << 10;

  static final String SIGNATURE = "Cluster-Signature";
  static final String START_ID = "Start-Id";
  static final String NUMBER = "Publication";
  static final String NODE = "Node";
  static final String STATUS = "Status";

  private final String clusterId;
  private final Signatures signatures;

  public ClusterMessages(String clusterId, ClusterToken token) {
    this.clusterId = clusterId;
    this.signatures = new Signatures(token);
  }

  /// A batch, kept by the broker across its own restart.
  public Message write(EntriesMessage entries) {
    return builder(entries.body(), entries.startId(), entries.number())
        .setDeliveryMode(MessageDeliveryMode.PERSISTENT)
        .setReplyTo(entries.answerTo())
        .setHeader(SIGNATURE, signatures.of(facts(entries), entries.body()))
        .build();
  }

  /// An answer, which nobody needs after a restart of the broker.
  public Message write(AnswerMessage answer) {
    return builder(answer.body(), answer.startId(), answer.number())
        .setDeliveryMode(MessageDeliveryMode.NON_PERSISTENT)
        .setHeader(NODE, answer.follower())
        .setHeader(STATUS, answer.status())
        .setHeader(SIGNATURE, signatures.of(facts(answer), answer.body()))
        .build();
  }

  private static MessageBuilderSupport<Message> builder(byte[] body, String startId, long number) {
    return MessageBuilder.withBody(body)
        .setContentType(MessageProperties.CONTENT_TYPE_JSON)
        .setHeader(START_ID, startId)
        .setHeader(NUMBER, number);
  }

  /// The batch, null if the message is none that a master of this cluster has published.
  public @Nullable EntriesMessage readEntries(Message message) {
    MessageProperties said = message.getMessageProperties();
    String answerTo = said.getReplyTo();
    if (message.getBody().length <= MAX_BODY_BYTES
        && answerTo != null
        && said.getHeaders().get(START_ID) instanceof String startId
        && said.getHeaders().get(NUMBER) instanceof Long number) {
      EntriesMessage read = new EntriesMessage(startId, number, answerTo, message.getBody());
      return isSigned(said, facts(read), read.body()) ? read : null;
    }
    return null;
  }

  /// The answer, null if the message is none that a follower of this cluster has given.
  public @Nullable AnswerMessage readAnswer(Message message) {
    MessageProperties said = message.getMessageProperties();
    if (message.getBody().length <= MAX_ANSWER_BYTES
        && said.getHeaders().get(START_ID) instanceof String startId
        && said.getHeaders().get(NUMBER) instanceof Long number
        && said.getHeaders().get(NODE) instanceof String node
        && said.getHeaders().get(STATUS) instanceof Integer status) {
      AnswerMessage read = new AnswerMessage(startId, number, node, status, message.getBody());
      return isSigned(said, facts(read), read.body()) ? read : null;
    }
    return null;
  }

  private boolean isSigned(MessageProperties said, List<String> facts, byte[] body) {
    return said.getHeaders().get(SIGNATURE) instanceof String offered
        && signatures.matches(offered, facts, body);
  }

  /// An answer cannot pass for a batch: they begin with different words.
  private List<String> facts(EntriesMessage entries) {
    return List.of(
        "entries", clusterId, entries.startId(), "" + entries.number(), entries.answerTo());
  }

  private List<String> facts(AnswerMessage answer) {
    return List.of(
        "answer",
        clusterId,
        answer.startId(),
        "" + answer.number(),
        answer.follower(),
        "" + answer.status());
  }
}
