package io.replog.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.testnode.RunningNode;
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
  void countsAsScarceWhenNineTenthsAreTaken() {
    assertThat(TimedConnections.areScarce(90, 100)).isFalse();
    assertThat(TimedConnections.areScarce(91, 100)).isTrue();
  }

  private RunningNode node(String property) {
    return RunningNode.start(directory, Map.of(), property);
  }
}
