package io.replog.connectors.rabbit;

import io.replog.connectors.log.LogRecord;
import java.nio.charset.StandardCharsets;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageBuilderSupport;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.core.MessageProperties;

/// An entry as consumers of the exchange see it: the text as the body, and around it what they need
/// to drop repetitions: the message id is the same whenever an entry is published.
final class OutgoingMessage {

  static final String LOG_ID = "Log-Id";
  static final String LOG_INDEX = "Log-Index";
  private static final String LOG_EPOCH = "Log-Epoch";
  private static final String TIMESTAMP = "Timestamp";
  private static final String KEY = "Idempotency-Key";
  private static final String KIND = "Kind";

  private OutgoingMessage() {}

  static Message of(String logId, LogRecord entry) {
    MessageBuilderSupport<Message> message =
        MessageBuilder.withBody(entry.text().getBytes(StandardCharsets.UTF_8))
            .setMessageId(logId + ":" + entry.index())
            .setContentType(MessageProperties.CONTENT_TYPE_TEXT_PLAIN)
            .setContentEncoding(StandardCharsets.UTF_8.name())
            .setDeliveryMode(MessageDeliveryMode.PERSISTENT)
            .setHeader(LOG_ID, logId)
            .setHeader(LOG_INDEX, entry.index())
            .setHeader(LOG_EPOCH, entry.epoch())
            .setHeader(TIMESTAMP, entry.timestamp());
    String key = entry.key();
    if (key != null) {
      message.setHeader(KEY, key);
    }
    String kind = entry.kind();
    if (kind != null) {
      message.setHeader(KIND, kind);
    }
    return message.build();
  }
}
