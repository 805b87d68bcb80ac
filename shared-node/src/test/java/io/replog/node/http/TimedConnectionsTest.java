package io.replog.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.testnode.RunningNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimedConnectionsTest {

  private static final String HEAD = "GET /messages HTTP/1.1\r\nHost: x\r\nX-Slow: ";
  private static final String UNWANTED =
      "POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n";
  private static final int EVERY_MILLIS = 100;

  @TempDir Path directory;

  @Test
  void cutsAHeadThatTrickles() throws Exception {
    try (RunningNode node = node("replog.http.head-time=500ms")) {
      assertThat(bytesUntilCut(node.port(), HEAD, 300)).isLessThan(300);
    }
  }

  @Test
  void cutsAHeadThatTricklesToTheManagementPort() throws Exception {
    try (RunningNode node = managed("replog.http.head-time=500ms")) {
      assertThat(bytesUntilCut(node.managementPort(), HEAD, 300)).isLessThan(300);
    }
  }

  /// The control: by itself the web server waits as long as bytes come.
  @Test
  void waitsForASlowHeadWithoutALimit() throws Exception {
    try (RunningNode node = node("replog.http.head-time=1h")) {
      assertThat(bytesUntilCut(node.port(), HEAD, 30)).isEqualTo(30);
    }
  }

  @Test
  void cutsABodyThatNobodyWants() throws Exception {
    try (RunningNode node = node("replog.http.body-grace=500ms")) {
      assertThat(bytesUntilCut(node.port(), UNWANTED, 300)).isLessThan(300);
    }
  }

  @Test
  void letsAQuickSenderOfAnUnwantedBodyReadItsAnswer() throws Exception {
    try (RunningNode node = node("replog.http.body-grace=5s")) {
      assertThat(
              node.raw(UNWANTED.replace("Host", "Connection: close\r\nHost") + "x".repeat(5_000)))
          .startsWith("HTTP/1.1 404");
    }
  }

  @Test
  void countsAsScarceWhenNineTenthsAreTaken() {
    assertThat(TimedConnections.areScarce(90, 100)).isFalse();
    assertThat(TimedConnections.areScarce(91, 100)).isTrue();
  }

  private RunningNode node(String property) {
    return RunningNode.start(directory, Map.of(), property);
  }

  private RunningNode managed(String property) {
    return RunningNode.start(directory, Map.of("MANAGEMENT_PORT", "0"), property);
  }

  /// Sends a byte after the other, and counts them until the node closes the connection.
  private static int bytesUntilCut(int port, String first, int atMost) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(EVERY_MILLIS);
      socket.getOutputStream().write(first.getBytes(StandardCharsets.US_ASCII));
      for (int sent = 0; sent < atMost; sent++) {
        if (isCut(socket)) {
          return sent;
        }
        socket.getOutputStream().write('a');
      }
      return atMost;
    } catch (SocketException cut) {
      return 0;
    }
  }

  private static boolean isCut(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    try {
      int next = in.read();
      while (next >= 0) {
        next = in.read();
      }
      return true;
    } catch (SocketTimeoutException _) {
      return false;
    }
  }
}
