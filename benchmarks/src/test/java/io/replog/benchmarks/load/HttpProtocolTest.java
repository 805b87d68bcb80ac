package io.replog.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpProtocolTest {

  private static final HttpProtocol ADD = HttpProtocol.add("m1", 2);

  @Test
  void writesWholeRequest() {
    String request = StandardCharsets.US_ASCII.decode(ADD.request()).toString();

    assertThat(request)
        .startsWith("POST /add HTTP/1.1\r\n")
        .contains("\r\nContent-Length: 31\r\n")
        .endsWith("\r\n\r\n{\"data\":\"m1\",\"write_concern\":2}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 \r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nDate: now\r\ncontent-length:5\r\nA: b\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\n"
      })
  void takesAnswerOnlyWhenAllOfItIsThere(String answer) throws Exception {
    for (int length = 0; length < answer.length(); length++) {
      ByteBuffer part = bytes(answer.substring(0, length));

      assertThat(ADD.take(part)).isNull();
      assertThat(part.position()).isZero();
    }

    ByteBuffer whole = bytes(answer + "HTTP/1.1");
    assertThat(ADD.take(whole)).isEqualTo(Answer.DONE);
    assertThat(whole.remaining()).isEqualTo("HTTP/1.1".length());
  }

  @ParameterizedTest
  @CsvSource({
    "200, DONE", "307, FAILED", "400, REFUSED", "429, REFUSED",
    "500, FAILED", "503, REFUSED", "504, FAILED", "507, REFUSED"
  })
  void judgesByStatus(int status, Answer expected) throws Exception {
    ByteBuffer answer = bytes("HTTP/1.1 " + status + " x\r\ncontent-length: 0\r\n\r\n");

    assertThat(ADD.take(answer)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH\r\n\r\n\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n"
      })
  void refusesWhatIsNoAnswer(String received) {
    assertThatThrownBy(() -> ADD.take(bytes(received))).isInstanceOf(IOException.class);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
