package io.replog.broker;

import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.ReturnedMessage;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.connection.CorrelationData.Confirm;

/// What it means that the broker has confirmed a message, or not.
public final class Confirms {

  private Confirms() {}

  /// Why a message is not in every queue that it was meant for, null when it is.
  public static @Nullable String failure(CorrelationData sent, Confirm confirm) {
    ReturnedMessage returned = sent.getReturned();
    if (returned != null) {
      return "no queue gets it: " + returned.getReplyText();
    }
    if (confirm.ack()) {
      return null;
    }
    String reason = confirm.reason();
    return "the broker refused it: " + (reason == null ? "a queue is full" : reason);
  }

  /// Whether the channel was lost before the broker has said anything. It may have been closed
  /// because what it needs was deleted: a new connection declares that anew.
  ///
  /// @param confirm null when nothing has come
  public static boolean isLost(@Nullable Confirm confirm) {
    return confirm == null || (!confirm.ack() && confirm.reason() != null);
  }
}
