package io.replog.node.messages;

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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveTailTest {

  @TempDir Path directory;
  private RunningNode node;

  @BeforeEach
  void start() throws Exception {
    node = RunningNode.start(directory, Map.of());
    node.append("m1", "m2");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void startsBehindTheNewestMessage() throws Exception {
    try (Tail tail = open("/messages")) {
      node.append("m3");

      assertThat(tail.next())
          .isEqualTo(
              "id: 3|data: {\"index\":3,\"epoch\":1,\"timestamp\":\"2026-11-20T19:03:00.123Z\","
                  + "\"key\":null,\"text\":\"m3\"}");
    }
  }

  @Test
  void replaysFromAnIndexAndGoesOn() throws Exception {
    try (Tail tail = open("/messages?from=1")) {
      assertThat(tail.next()).startsWith("id: 1|");
      assertThat(tail.next()).startsWith("id: 2|");

      node.append("m3");

      assertThat(tail.next()).startsWith("id: 3|");
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

      for (int index = 3; index <= 152; index++) {
        assertThat(tail.next()).startsWith("id: " + index + "|");
      }
    }
  }

  @Test
  void showsOnlyCommittedMessagesUnderMajority() throws Exception {
    try (Tail tail = open("/messages?from=1&read_concern=majority")) {
      node.log().commit(1);
      assertThat(tail.next()).startsWith("id: 1|");

      node.log().commit(2);
      assertThat(tail.next()).startsWith("id: 2|");
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
  void endsBeforeTheWebServerStops() throws Exception {
    try (Tail tail = open("/messages")) {
      long before = System.nanoTime();

      node.stop();

      assertThat(tail.next()).isNull();
      assertThat(System.nanoTime() - before).isLessThan(5_000_000_000L);
    }
  }

  private Tail open(String path, String... headers) throws IOException, InterruptedException {
    HttpResponse<InputStream> answer =
        node.http()
            .send(
                node.request(path, headers).header("Accept", "text/event-stream").build(),
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
