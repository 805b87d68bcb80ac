package io.replog.connectors.rabbit;

import io.replog.connectors.log.NewMessage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.springframework.amqp.core.Message;

/// What a message of the queue is for the log. Decided by the message alone, so that what is poison
/// today is poison tomorrow.
sealed interface Incoming {

  /// It can become an entry.
  record Fit(NewMessage message) implements Incoming {}

  /// It never can.
  ///
  /// @param reason what is wrong and what would be right, for people
  record Poison(String reason) implements Incoming {}

  /// @param maxBytes longest text that the nodes take
  static Incoming of(Message message, int maxBytes) {
    byte[] body = message.getBody();
    String id = message.getMessageProperties().getMessageId();
    if (message.getMessageProperties().getHeaders().containsKey(OutgoingMessage.LOG_ID)) {
      return new Poison("it was published from a log, which would come round for ever");
    }
    if (id == null || id.isEmpty()) {
      return new Poison("it has no message id, which becomes the idempotency key of its entry");
    }
    if (body.length > maxBytes) {
      return new Poison("it has %d bytes, %d are allowed".formatted(body.length, maxBytes));
    }
    return text(body, id);
  }

  private static Incoming text(byte[] body, String id) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return new Fit(new NewMessage(text, id));
    } catch (CharacterCodingException _) {
      return new Poison("its body is not UTF-8");
    } catch (IllegalArgumentException noKey) {
      return new Poison("its message id cannot be an idempotency key: " + noKey.getMessage());
    }
  }
}
