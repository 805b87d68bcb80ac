package io.replog.node.messages;

import static io.replog.testnode.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.log.LogCorruptException;
import io.replog.testnode.RunningNode;
import io.replog.testnode.TestNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A log of about 40 KB whose last record but one was damaged while the node ran and did not hold
/// it in memory. Nobody fills it in again.
class DamagedLogTest {

  private static final int MESSAGES = 400;
  private static final int DAMAGED = MESSAGES - 1;
  private static final Map<String, String> NO_SCRUB = Map.of("SCRUB_RATE", "0");

  @TempDir private Path directory;
  private RunningNode node;

  @BeforeEach
  void start() throws Exception {
    try (RunningNode before = RunningNode.start(directory, NO_SCRUB)) {
      before.append(
          IntStream.rangeClosed(1, MESSAGES)
              .mapToObj(i -> "message-%04d-%s".formatted(i, "x".repeat(80)))
              .toArray(String[]::new));
    }
    node = RunningNode.start(directory, NO_SCRUB, "test.holders=true");
    damage(directory, "message-%04d".formatted(DAMAGED));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/event-stream"})
  void breaksTheConnectionOfAnAnswerThatCannotBeWhole(String form) {
    assertThatThrownBy(() -> node.get("/messages?from=1&limit=399&view=full", "Accept", form))
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("timed out");
  }

  @Test
  void saysSoWhenNothingHasLeftYet() throws Exception {
    HttpResponse<String> answer = node.get("/messages?from=390");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("\"reason\":\"CORRUPT\"");
  }

  @Test
  void refusesEverythingBehindTheDamageOnceItIsKnown() throws Exception {
    assertThat(node.get("/messages/" + DAMAGED).statusCode()).isEqualTo(503);
    awaitHoles(node);

    HttpResponse<String> all = node.get("/messages");

    assertThat(all.statusCode()).isEqualTo(503);
    assertThat(all.headers().firstValue("Retry-After")).contains("5");
    assertThat(all.body())
        .contains(
            "\"reason\":\"CORRUPT\",\"first_missing\":399,\"last_missing\":399,\"limit\":398");
    for (String refused :
        new String[] {
          "/messages?limit=399",
          "/messages?from=400",
          "/messages?from=401",
          "/messages/399",
          "/messages/400",
          "/messages/401",
          "/messages?min_index=400",
          "/messages?read_concern=majority"
        }) {
      assertThat(node.get(refused).statusCode()).as(refused).isEqualTo(503);
    }
    assertThat(node.get("/messages", "Accept", "text/event-stream").statusCode()).isEqualTo(503);
  }

  @Test
  void servesWhatIsInFrontOfTheDamage() throws Exception {
    assertThat(node.get("/messages/" + DAMAGED).statusCode()).isEqualTo(503);
    awaitHoles(node);

    HttpResponse<String> list = node.get("/messages?from=1&limit=398");

    assertThat(list.statusCode()).isEqualTo(200);
    assertThat(list.body().split("message-", -1)).hasSize(DAMAGED);
    assertThat(node.get("/messages/398").statusCode()).isEqualTo(200);
    assertThat(node.get("/messages/398?read_concern=local").body()).contains("message-0398");
  }

  @Test
  void refusesAMessageThatIsGoneWhenTheWaitForItsHoldersIsOver() throws Exception {
    TestNode.WHILE_WAITING.set(() -> meetDamage(node, DAMAGED));

    HttpResponse<String> answer = node.get("/messages/400?wait_acks=2&wait_ms=1");

    TestNode.WHILE_WAITING.set(() -> {});
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("\"reason\":\"CORRUPT\"");
  }

  /// More is on its way than sockets and buffers take, so that the tail is in the middle of it.
  @Test
  void keepsALiveTailWaitingForWhatItWasToBeSentUntilThatIsFilledIn(@TempDir Path other)
      throws Exception {
    int messages = 40;
    try (RunningNode before = RunningNode.start(other, NO_SCRUB)) {
      for (int i = 1; i <= messages; i++) {
        before.append(bigMessage(i));
      }
    }
    try (RunningNode big = RunningNode.start(other, NO_SCRUB)) {
      damage(other, "message-%02d".formatted(messages - 1));
      BufferedReader tail = tail(big);

      meetDamage(big, messages - 1);

      assertThat(idsUpTo(messages - 2, tail)).isEqualTo(messages - 2);
      big.append(bigMessage(messages - 1));
      assertThat(idsUpTo(messages, tail)).isEqualTo(2);
    }
  }

  private static String bigMessage(int index) {
    return "message-%02d-%s".formatted(index, "x".repeat(900_000));
  }

  /// Reads events until one has this index.
  ///
  /// @return how many
  private static int idsUpTo(long index, BufferedReader tail) throws IOException {
    int ids = 0;
    String line = "";
    while (line != null && !line.equals("id: " + index)) {
      line = tail.readLine();
      ids += line != null && line.startsWith("id: ") ? 1 : 0;
    }
    return ids;
  }

  private static BufferedReader tail(RunningNode from) throws Exception {
    InputStream events =
        from.http()
            .send(
                from.request("/messages?from=1", "Accept", "text/event-stream").build(),
                HttpResponse.BodyHandlers.ofInputStream())
            .body();
    return new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8));
  }

  private static void meetDamage(RunningNode where, long index) {
    assertThatThrownBy(() -> where.log().entryAt(index)).isInstanceOf(LogCorruptException.class);
    awaitHoles(where);
  }

  /// They are seen before the log has been opened anew, while requests are refused for that.
  private static void awaitHoles(RunningNode where) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> !where.log().holes().isEmpty() && !where.log().isReopening());
  }

  private static void damage(Path where, String text) throws IOException {
    try (var files = Files.walk(where)) {
      Path segment =
          files.filter(file -> file.toString().endsWith(".log")).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(segment);
      bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text)] ^= 1;
      Files.write(segment, bytes);
    }
  }
}
