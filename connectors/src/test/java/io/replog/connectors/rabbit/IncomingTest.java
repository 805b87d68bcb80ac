package io.replog.connectors.rabbit;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.connectors.log.NewMessage;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;

class IncomingTest {

  private static final int MAX_BYTES = 10;

  @Test
  void takesTextUnderItsMessageId() {
    Incoming incoming = Incoming.of(message("7", "zwölf 🙂"), 12);

    assertThat(incoming).isEqualTo(new Incoming.Fit(new NewMessage("zwölf 🙂", "7")));
  }

  @Test
  void takesEmptyBody() {
    assertThat(Incoming.of(message("7", ""), MAX_BYTES)).isInstanceOf(Incoming.Fit.class);
  }

  @Test
  void refusesMessageWithoutId() {
    assertThat(reason(message(null, "text"))).contains("no message id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "ä", "line\nline"})
  void refusesIdThatIsNoKey(String id) {
    assertThat(reason(message(id, "text"))).contains("message id");
  }

  @Test
  void refusesIdThatIsTooLong() {
    assertThat(reason(message("k".repeat(129), "text"))).contains("1 to 128");
    assertThat(Incoming.of(message("k".repeat(128), "text"), MAX_BYTES))
        .isInstanceOf(Incoming.Fit.class);
  }

  @Test
  void countsBytesRatherThanCharacters() {
    assertThat(Incoming.of(message("7", "ääääa"), 9)).isInstanceOf(Incoming.Fit.class);
    assertThat(Incoming.of(message("7", "äääää"), 9))
        .isEqualTo(new Incoming.Poison("it has 10 bytes, 9 are allowed"));
  }

  @Test
  void refusesBytesThatAreNoText() {
    byte[] half = {(byte) 0xe2, (byte) 0x82};

    Message message = MessageBuilder.withBody(half).setMessageId("7").build();

    assertThat(reason(message)).contains("not UTF-8");
  }

  @Test
  void refusesSurrogatesInBytes() {
    byte[] surrogate = {(byte) 0xed, (byte) 0xa0, (byte) 0x80};

    Message message = MessageBuilder.withBody(surrogate).setMessageId("7").build();

    assertThat(reason(message)).contains("not UTF-8");
  }

  @Test
  void refusesWhatCameFromLog() {
    Message message = message("7", "text");
    message.getMessageProperties().setHeader("Log-Id", "0b8e");

    assertThat(reason(message)).contains("published from a log");
  }

  private static String reason(Message message) {
    assertThat(Incoming.of(message, MAX_BYTES)).isInstanceOf(Incoming.Poison.class);
    return ((Incoming.Poison) Incoming.of(message, MAX_BYTES)).reason();
  }

  private static Message message(String id, String text) {
    Message message = MessageBuilder.withBody(text.getBytes(StandardCharsets.UTF_8)).build();
    message.getMessageProperties().setMessageId(id);
    return message;
  }
}
