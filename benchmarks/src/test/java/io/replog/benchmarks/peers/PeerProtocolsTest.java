package io.replog.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.benchmarks.load.Answer;
import io.replog.benchmarks.load.Protocol;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The answers of servers, as they come over the wire.
class PeerProtocolsTest {

  private static final Protocol REDIS = new RedisProtocol("m1");
  private static final Protocol NATS = new NatsProtocol("log", "m1");

  static Arguments[] answers() {
    return new Arguments[] {
      Arguments.of(REDIS, "$15\r\n1700000000000-0\r\n:1\r\n", Answer.DONE),
      Arguments.of(REDIS, "$15\r\n1700000000000-0\r\n:2\r\n", Answer.DONE),
      Arguments.of(REDIS, "$15\r\n1700000000000-0\r\n:0\r\n", Answer.FAILED),
      Arguments.of(REDIS, "-MISCONF no\r\n:0\r\n", Answer.FAILED),
      Arguments.of(NATS, nats("{\"stream\":\"log\", \"seq\":7}"), Answer.DONE),
      Arguments.of(NATS, nats("{\"error\":{\"code\":503}}"), Answer.FAILED),
    };
  }

  private static String nats(String payload) {
    return "MSG _INBOX.1 1 %d\r\n%s\r\n".formatted(payload.length(), payload);
  }

  @ParameterizedTest
  @MethodSource("answers")
  void takesAnswerOnlyWhenAllOfItIsThere(Protocol protocol, String answer, Answer expected)
      throws Exception {
    for (int length = 0; length < answer.length(); length++) {
      ByteBuffer part = bytes(answer.substring(0, length));

      assertThat(protocol.take(part)).isNull();
      assertThat(part.position()).isZero();
    }

    ByteBuffer twice = bytes(answer + answer);
    assertThat(protocol.take(twice)).isEqualTo(expected);
    assertThat(twice.position()).isEqualTo(answer.length());
    assertThat(protocol.take(twice)).isEqualTo(expected);
  }

  @Test
  void passesOverPingOfNats() throws Exception {
    ByteBuffer received = bytes("PING\r\n" + nats("{\"seq\":7}"));

    assertThat(NATS.take(received)).isEqualTo(Answer.DONE);
    assertThat(received.hasRemaining()).isFalse();
  }

  @Test
  void refusesWhatIsNoMessageOfNats() {
    assertThatThrownBy(() -> NATS.take(bytes("-ERR 'Authorization Violation'\r\n")))
        .isInstanceOf(IOException.class);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
