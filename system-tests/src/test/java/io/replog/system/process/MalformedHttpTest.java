package io.replog.system.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.Problems;
import io.replog.system.kit.RawHttp;
import io.replog.system.kit.SharedCluster;
import io.replog.system.kit.TestCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What no well-behaved client sends is refused in the same form as everything else, and harms
/// nobody.
@ExtendWith(SharedCluster.class)
class MalformedHttpTest {

  private static final String END = "\r\nConnection: close\r\n\r\n";

  static Stream<Arguments> requests() {
    return Stream.of(
        Arguments.of("a URI with a pipe", "GET /mess|ages HTTP/1.1\r\nHost: x" + END, 400),
        Arguments.of("a URI with a bad escape", "GET /messages/%zz HTTP/1.1\r\nHost: x" + END, 400),
        Arguments.of("a URI with a hidden slash", "GET /a%2Fb HTTP/1.1\r\nHost: x" + END, 400),
        Arguments.of("a URI that climbs", "GET /../../etc/passwd HTTP/1.1\r\nHost: x" + END, 400),
        Arguments.of("a URI with NUL", "GET /messages%00 HTTP/1.1\r\nHost: x" + END, 400),
        Arguments.of("no host", "GET /messages HTTP/1.1" + END, 400),
        Arguments.of("two hosts", "GET /messages HTTP/1.1\r\nHost: x\r\nHost: y" + END, 400),
        Arguments.of("a method that is none", "BREW /messages HTTP/1.1\r\nHost: x" + END, 405),
        Arguments.of("TRACE", "TRACE /messages HTTP/1.1\r\nHost: x" + END, 405),
        Arguments.of(
            "a header of 20 kB",
            "GET /messages HTTP/1.1\r\nHost: x\r\nX-Long: " + "a".repeat(20_000) + END,
            400),
        Arguments.of(
            "a thousand headers",
            "GET /messages HTTP/1.1\r\nHost: x\r\n" + "X: y\r\n".repeat(1_000) + END.substring(2),
            400),
        Arguments.of(
            "a URI of 20 kB", "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: x" + END, 400),
        Arguments.of(
            "two lengths",
            "POST /add HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3" + END + "{}",
            400),
        Arguments.of(
            "a negative length", "POST /add HTTP/1.1\r\nHost: x\r\nContent-Length: -1" + END, 400),
        Arguments.of(
            "bad chunks",
            "POST /add HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked"
                + END
                + "zz\r\n{}\r\n0\r\n\r\n",
            400));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void refusesInFormOfEveryProblem(String what, String request, int status, TestCluster cluster)
      throws IOException {
    String answer = RawHttp.exchange(cluster.master(), request);

    assertThat(answer).as(what).startsWith("HTTP/1.1 " + status);
    assertThat(answer).containsIgnoringCase("content-type: application/problem+json");
    Problems.requireBody(bodyOf(answer), status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage\r\n\r\n", "GET\r\n\r\n", "\u0016\u0003\u0001\u0002\u0000\u0001"})
  void dropsWhatIsNoHttp(String request, TestCluster cluster) throws IOException {
    try (RawHttp connection = RawHttp.connect(cluster.master())) {
      connection.send(request + "\r\n\r\n");
      String answer = connection.readToEnd(Duration.ofSeconds(30));

      assertThat(answer).doesNotContain("<html", "Exception", "java.");
    }
    assertThat(cluster.master().get("/livez").status()).isEqualTo(200);
  }

  @Test
  void cutsOffBodyThatFallsSilent(TestCluster cluster) throws IOException {
    try (RawHttp connection = RawHttp.connect(cluster.master())) {
      connection.send(
          "POST /add HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
              + "Content-Length: 100\r\n\r\n{\"data\":");
      long start = System.nanoTime();

      String answer = connection.readToEnd(Duration.ofSeconds(40));

      assertThat(answer).startsWith("HTTP/1.1 408");
      Problems.requireBody(bodyOf(answer), 408);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(25));
    }
  }

  private static String bodyOf(String answer) {
    String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    assertThat(body).contains("{");
    return body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1);
  }
}
