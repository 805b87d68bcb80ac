package io.replog.node.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.testnode.RunningNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A log of about 40 KB whose last record was damaged while the node ran and did not hold it in
/// memory.
class DamagedLogTest {

  private static final int MESSAGES = 400;

  @TempDir static Path directory;
  private static RunningNode node;

  @BeforeAll
  static void start() throws Exception {
    try (RunningNode before = RunningNode.start(directory, Map.of())) {
      before.append(
          IntStream.rangeClosed(1, MESSAGES)
              .mapToObj(i -> "message-%04d-%s".formatted(i, "x".repeat(80)))
              .toArray(String[]::new));
    }
    node = RunningNode.start(directory, Map.of());
    damage("message-%04d".formatted(MESSAGES - 1));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/x-ndjson", "text/event-stream"})
  void breaksTheConnectionOfAnAnswerThatCannotBeWhole(String form) {
    assertThatThrownBy(() -> node.get("/messages?from=1&limit=399", "Accept", form))
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("timed out");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/x-ndjson", "text/event-stream"})
  void servesWhatIsIntact(String form) throws Exception {
    HttpResponse<String> answer = node.get("/messages?from=1&limit=300", "Accept", form);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body().split("message-", -1)).hasSize(301);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/x-ndjson"})
  void saysSoWhenNothingHasLeftYet(String form) throws Exception {
    HttpResponse<String> answer = node.get("/messages?from=390", "Accept", form);

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).startsWith("{\"type\":\"/problems/internal-error\"");
  }

  @Test
  void saysSoForOneRecord() throws Exception {
    assertThat(node.get("/messages/" + (MESSAGES - 1)).statusCode()).isEqualTo(500);
  }

  private static void damage(String text) throws IOException {
    try (var files = Files.walk(directory)) {
      Path segment =
          files.filter(file -> file.toString().endsWith(".log")).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(segment);
      bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text)] ^= 1;
      Files.write(segment, bytes);
    }
  }
}
