package io.replog.system.process;

import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.TestCluster;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Requests without measure: each is refused, and a node with hardly any heap outlives them all,
/// sent many at once.
class HugeRequestsTest {

  private static final String HEAD =
      "POST /add HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n";

  private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n\r\n";
  private static final int TWO_GB_IN_CHUNKS = 32_768;
  private static final String CHUNK = "10000\r\n" + "x".repeat(65_536) + "\r\n";
  private static final int ROUNDS = 10;

  private final TestCluster cluster =
      TestCluster.running(
          "huge-requests",
          settings ->
              settings.followers(1).set(MASTER, "JAVA_OPTS", TestCluster.javaOptions("80m")));

  private final long pid = cluster.nodes().pid(MASTER);

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void refusesEachAndOutlivesAll() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      requireRefused("413", HEAD + "Content-Length: 2147483648\r\n\r\n", CHUNK, 100);
      requireRefused("413", CHUNKED + "9\r\n{\"data\":\"\r\n", CHUNK, TWO_GB_IN_CHUNKS);
      requireRefused("400", withBody("[".repeat(100_000)), "", 0);
      requireRefused("400", withBody("{\"data\":".repeat(100_000)), "", 0);
      requireRefused("400", withBody("{\"data\":\"\u00ff\u00fe\"}"), "", 0);
      requireRefused("400", "GET /messages HTTP/1.1\r\nHost: x\r\nX: ", "x".repeat(10_000), 100);
      requireRefused("400", "GET /messages HTTP/1.1\r\nHost: x\r\n", "a: b\r\n", 100_000);
      requireRefused("400", "GET /messages?", "a=b&".repeat(1_000), 250);
      requireRefused("400", CHUNKED + "0\r\n", "a: b\r\n", 100_000);
    }

    assertThat(cluster.nodes().pid(MASTER)).isEqualTo(pid);
    assertThat(cluster.master().add("m1", 2).index()).isEqualTo(1);
  }

  private static String withBody(String body) {
    return HEAD + "Content-Length: %d\r\n\r\n%s".formatted(body.length(), body);
  }

  /// Sends until the node stops listening.
  private void requireRefused(String status, String first, String more, int times)
      throws IOException {
    try (Socket socket = new Socket("127.0.0.1", cluster.master().port())) {
      socket.setSoTimeout(Math.toIntExact(TestCluster.LIMIT.toMillis()));
      Thread.ofVirtual().start(() -> sendAll(socket, first, more, times));
      String answer = firstLine(socket.getInputStream());
      assertThat(answer).as(first).startsWith("HTTP/1.1 " + status);
    }
  }

  private static void sendAll(Socket socket, String first, String more, int times) {
    byte[] piece = more.getBytes(StandardCharsets.ISO_8859_1);
    try {
      OutputStream out = socket.getOutputStream();
      out.write(first.getBytes(StandardCharsets.ISO_8859_1));
      for (int time = 0; time < times; time++) {
        out.write(piece);
      }
      out.write("\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException _) {
      return;
    }
  }

  private static String firstLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    try {
      for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
        line.append((char) next);
      }
    } catch (SocketException reset) {
      line.append(" (reset)");
    }
    return line.toString();
  }
}
