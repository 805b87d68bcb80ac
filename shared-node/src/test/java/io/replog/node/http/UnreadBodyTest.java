package io.replog.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.testnode.RunningNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnreadBodyTest {

  private static final int ALLOWED = 60_000;
  private static final int ABOVE_ITS_LIMIT = 1_900_000;

  private static final String NEXT = "GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

  @TempDir Path directory;

  @Test
  void takesInAnUnwantedBodyAndServesTheNextRequest() throws Exception {
    try (RunningNode node = node("1h")) {
      String answers = node.raw(unwanted(ALLOWED) + "x".repeat(ALLOWED) + NEXT);

      assertThat(answers).startsWith("HTTP/1.1 404").contains("HTTP/1.1 200");
    }
  }

  @Test
  void letsTheSenderOfALongBodyReadItsAnswer() throws Exception {
    try (RunningNode node = node("1h")) {
      String request = unwanted(ABOVE_ITS_LIMIT) + "x".repeat(ABOVE_ITS_LIMIT);

      assertThat(node.raw(request)).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void cutsABodyThatTrickles() throws Exception {
    try (RunningNode node = node("500ms")) {
      assertThat(Trickle.bytesUntilCut(node.port(), unwanted(5_000), 300)).isLessThan(300);
    }
  }

  /// The control: by itself the web server waits as long as bytes come.
  @Test
  void waitsForASlowBodyWithoutALimit() throws Exception {
    try (RunningNode node = node("1h")) {
      assertThat(Trickle.bytesUntilCut(node.port(), unwanted(5_000), 30)).isEqualTo(30);
    }
  }

  private static String unwanted(int length) {
    return "POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n".formatted(length);
  }

  private RunningNode node(String grace) {
    return RunningNode.start(directory, Map.of(), "replog.http.body-grace=" + grace);
  }
}
