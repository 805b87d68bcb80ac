package io.replog.node.messages;

import static io.replog.testnode.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.testnode.RunningNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveTailTest {

  @TempDir static Path directory;
  private static RunningNode node;

  /// Last index at the start of the test, at least 2.
  private long end;

  @BeforeAll
  static void start() {
    node = RunningNode.start(directory, Map.of());
  }

  @BeforeEach
  void append() throws Exception {
    node.append("m1", "m2");
    end = node.log().shownIndex();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void startsBehindTheNewestMessage() throws Exception {
    try (Tail tail = open("/messages")) {
      node.append("m3");

      assertThat(tail.next())
          .isEqualTo(
              "id: %d|data: {\"index\":%d,\"epoch\":1,\"timestamp\":\"2026-11-20T19:03:00.123Z\","
                      .formatted(end + 1, end + 1)
                  + "\"key\":null,\"text\":\"m3\"}");
    }
  }

  @Test
  void replaysFromAnIndexAndGoesOn() throws Exception {
    try (Tail tail = open("/messages?from=1")) {
      for (long index = 1; index <= end; index++) {
        assertThat(tail.next()).startsWith("id: " + index + "|");
      }

      node.append("m3");

      assertThat(tail.next()).startsWith("id: " + (end + 1) + "|");
    }
  }

  @Test
  void resumesBehindTheLastEventSeen() throws Exception {
    try (Tail tail = open("/messages?from=1", "Last-Event-ID", "1")) {
      assertThat(tail.next()).startsWith("id: 2|");
    }
  }

  @Test
  void losesNothingInABurst() throws Exception {
    try (Tail tail = open("/messages")) {
      for (int i = 0; i < 50; i++) {
        node.append("a" + i, "b" + i, "c" + i);
      }

      for (long index = end + 1; index <= end + 150; index++) {
        assertThat(tail.next()).startsWith("id: " + index + "|");
      }
    }
  }

  @Test
  void showsOnlyCommittedMessagesUnderMajority() throws Exception {
    try (Tail tail = open("/messages?read_concern=majority&from=" + (end - 1))) {
      node.log().commit(end - 1);
      assertThat(tail.next()).startsWith("id: " + (end - 1) + "|");

      node.log().commit(end);
      assertThat(tail.next()).startsWith("id: " + end + "|");
    }
  }

  @Test
  void endsWhenTheLimitIsReached() throws Exception {
    try (Tail tail = open("/messages?from=1&limit=1")) {
      assertThat(tail.next()).startsWith("id: 1|");
      assertThat(tail.next()).isNull();
    }
  }

  @Test
  void sendsMessageLargerThanAllMemoryWhileNoOtherIsOnItsWay(@TempDir Path own) throws Exception {
    try (RunningNode small = RunningNode.start(own, Map.of(), "replog.http.tail-budget=1KB");
        Tail tail = open(small, "/messages?from=1")) {
      small.append("x".repeat(2_000));

      assertThat(tail.next()).startsWith("id: 1|");
    }
  }

  /// The first one of both may come too late to be the one that is not read and fills memory.
  @Test
  void endsWhenThereIsNoMemoryForItsNextMessage(@TempDir Path own) throws Exception {
    try (RunningNode small = RunningNode.start(own, Map.of(), "replog.http.tail-budget=1KB")) {
      String large = "x".repeat(1_000_000);
      small.append(Collections.nCopies(20, large).toArray(String[]::new));

      await()
          .ignoreNoExceptions()
          .until(
              () -> {
                try (Tail _ = open(small, "/messages?from=1");
                    Tail other = open(small, "/messages?from=1&limit=1")) {
                  return other.next() == null;
                }
              });
    }
  }

  @Test
  void endsBeforeTheWebServerStops(@TempDir Path own) throws Exception {
    RunningNode other = RunningNode.start(own, Map.of());
    try (other;
        Tail tail = open(other, "/messages")) {
      long before = System.nanoTime();

      other.stop();

      assertThat(tail.next()).isNull();
      assertThat(System.nanoTime() - before).isLessThan(30_000_000_000L);
    }
  }

  private static Tail open(String path, String... headers)
      throws IOException, InterruptedException {
    return open(node, path, headers);
  }

  private static Tail open(RunningNode from, String path, String... headers)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> answer =
        from.http()
            .send(
                from.request(path, headers).header("Accept", "text/event-stream").build(),
                HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    return new Tail(
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8)));
  }

  private record Tail(BufferedReader lines) implements AutoCloseable {

    /// The lines of the next event, null at the end of the stream.
    String next() throws IOException {
      List<String> event = new ArrayList<>();
      String line = lines.readLine();
      while (line != null && !(line.isEmpty() && !event.isEmpty())) {
        if (!line.isEmpty() && !line.startsWith(":")) {
          event.add(line);
        }
        line = lines.readLine();
      }
      return line == null ? null : String.join("|", event);
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
