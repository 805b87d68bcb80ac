package io.replog.node.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.testnode.RunningNode;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimedConnectionsTest {

  private static final String HEAD = "GET /messages HTTP/1.1\r\nHost: x\r\nX-Slow: ";

  @TempDir Path directory;

  @Test
  void cutsAHeadThatTrickles() throws Exception {
    try (RunningNode node = node("replog.http.head-time=500ms")) {
      assertThat(Trickle.bytesUntilCut(node.port(), HEAD, 300)).isLessThan(300);
    }
  }

  @Test
  void cutsAHeadThatTricklesToTheManagementPort() throws Exception {
    try (RunningNode node =
        RunningNode.start(
            directory, Map.of("MANAGEMENT_PORT", "0"), "replog.http.head-time=500ms")) {
      assertThat(Trickle.bytesUntilCut(node.managementPort(), HEAD, 300)).isLessThan(300);
    }
  }

  /// The control: by itself the web server waits as long as bytes come.
  @Test
  void waitsForASlowHeadWithoutALimit() throws Exception {
    try (RunningNode node = node("replog.http.head-time=1h")) {
      assertThat(Trickle.bytesUntilCut(node.port(), HEAD, 30)).isEqualTo(30);
    }
  }

  @Test
  void answersLikeAlwaysWhileTheNodeStops() throws Exception {
    String request = "GET /messages HTTP/1.1\r\nHost: x\r\n\r\n";
    try (RunningNode node = RunningNode.start(directory, Map.of());
        Socket kept = new Socket("127.0.0.1", node.port())) {
      kept.setSoTimeout(20_000);
      kept.getOutputStream().write(request.getBytes(US_ASCII));
      byte[] first = new byte[12];
      kept.getInputStream().readNBytes(first, 0, first.length);

      node.pauseWebServer();
      kept.getOutputStream().write(request.getBytes(US_ASCII));
      String rest = new String(kept.getInputStream().readAllBytes(), US_ASCII);

      assertThat(new String(first, US_ASCII)).isEqualTo("HTTP/1.1 200");
      assertThat(rest).containsOnlyOnce("HTTP/1.1 200").contains("Connection: close");
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
}
