package io.replog.master.watch;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.replog.master.kit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.replog.master.kit.TestClient;
import io.replog.master.kit.TestFollower;
import io.replog.master.kit.TestMaster;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLConnection;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventsTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int PATIENCE_MILLIS = 60_000;
  private static final Predicate<JsonNode> RELEASED =
      frame -> frame.get("released").get("count").intValue() > 0;
  private static final Predicate<JsonNode> MEASURED = frame -> !frame.get("latency").isEmpty();

  private static TestFollower first;
  private static TestFollower second;
  private static TestMaster master;
  private static TestClient client;

  @BeforeAll
  static void start(@TempDir Path data) {
    first = new TestFollower("follower-1");
    second = new TestFollower("follower-2");
    master = TestMaster.start(data.resolve("master"), List.of(first, second));
    client = new TestClient(master);
  }

  @AfterAll
  static void stop() {
    client.close();
    master.close();
    first.close();
    second.close();
  }

  /// One open stream.
  private static final class Watcher implements AutoCloseable {

    private final BufferedReader lines;
    private String id = "";

    Watcher(URI master, String lastEventId) {
      try {
        URLConnection connection = master.resolve("/cluster/events").toURL().openConnection();
        connection.setReadTimeout(PATIENCE_MILLIS);
        if (!lastEventId.isEmpty()) {
          connection.setRequestProperty("Last-Event-ID", lastEventId);
        }
        lines =
            new BufferedReader(
                new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }

    /// For each of these the first frame from now on for which it is so, whatever their order.
    List<JsonNode> firstOfEach(List<Predicate<JsonNode>> wanted) {
      JsonNode[] found = new JsonNode[wanted.size()];
      next("frame", frame -> fill(found, wanted, frame));
      return List.of(found);
    }

    private static boolean fill(
        JsonNode[] found, List<Predicate<JsonNode>> wanted, JsonNode frame) {
      for (int i = 0; i < found.length; i++) {
        if (found[i] == null && wanted.get(i).test(frame)) {
          found[i] = frame;
        }
      }
      return Stream.of(found).allMatch(Objects::nonNull);
    }

    /// The data of the next event of this kind for which it is so; null at the end of the stream.
    JsonNode next(String kind, Predicate<JsonNode> wanted) {
      long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
      String event = "";
      for (String line = line(); line != null; line = line()) {
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("data: ") && event.equals(kind)) {
          JsonNode data = JSON.readTree(line.substring(6));
          if (wanted.test(data)) {
            return data;
          }
          assertThat(System.nanoTime() - deadline).as("patience, at %s", data).isNegative();
        }
      }
      return null;
    }

    private String line() {
      try {
        return lines.readLine();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }

    @Override
    public void close() {
      try {
        lines.close();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  private static Watcher watch() {
    Watcher watcher = new Watcher(master.uri(), "");
    watcher.next("frame", _ -> true);
    return watcher;
  }

  private static boolean tells(JsonNode list, String text) {
    return list.valueStream().anyMatch(each -> each.toString().contains(text));
  }

  @Test
  void tellsTheCourseOfAMessage() {
    try (Watcher watcher = watch()) {
      client.add("{\"data\":\"watched\",\"write_concern\":3}");

      List<JsonNode> frames =
          watcher.firstOfEach(
              List.of(
                  data -> tells(data.get("appended").get("newest"), "\"text\":\"watched\""),
                  RELEASED,
                  MEASURED));

      JsonNode appended = frames.getFirst();
      assertThat(tells(appended.get("lines").get("written"), "append #")).isTrue();
      assertThat(appended.get("health").get("followers")).hasSize(2);
      JsonNode answer = frames.get(1).get("released").get("newest").get(0);
      assertThat(answer.get("acks").intValue()).isEqualTo(3);
      JsonNode latency = frames.getLast().get("latency").get(0);
      assertThat(latency.get("write_concern").intValue()).isEqualTo(3);
    }
  }

  @Test
  void tellsWhoBlocksAndWhatAFollowerSuffers() {
    try (Watcher watcher = watch()) {
      first.answerEverything(aResponse().withStatus(500));
      CompletableFuture<HttpResponse<String>> call =
          client.addLater("{\"data\":\"blocked\",\"write_concern\":3}");

      List<JsonNode> frames =
          watcher.firstOfEach(
              List.of(
                  data -> !data.path("blocked").path("oldest").isEmpty(),
                  data -> tells(data.get("lines").get("written"), "UNHEALTHY")));

      JsonNode blocked = frames.getFirst().get("blocked");
      assertThat(blocked.get("count").intValue()).isEqualTo(1);
      assertThat(blocked.get("oldest").get(0).get("write_concern").intValue()).isEqualTo(3);
      first.heal();
      watcher.next("frame", RELEASED);
      assertThat(call.join().statusCode()).isEqualTo(200);
    } finally {
      first.heal();
    }
  }

  @Test
  void goesOnBehindTheLastFrameAndSaysWhatIsMissing() {
    String last;
    try (Watcher watcher = watch()) {
      last = watcher.id;
      watcher.next("frame", _ -> true);
      watcher.next("frame", _ -> true);
    }
    String startId = last.substring(0, last.indexOf('-') + 1);
    long number = Long.parseLong(last.substring(startId.length()));

    try (Watcher back = new Watcher(master.uri(), last);
        Watcher stranger = new Watcher(master.uri(), "elsewhere-7")) {
      back.next("frame", _ -> true);
      JsonNode unknown = stranger.next("lost", _ -> true);

      assertThat(back.id).isEqualTo(startId + (number + 1));
      assertThat(unknown.get("frames").isNull()).isTrue();
    }
  }

  @Test
  void refusesMoreThanItsBound() {
    Gauge open = master.bean(MeterRegistry.class).get("replog.watchers").gauge();
    await().until(() -> open.value() == 0);
    Watchers watchers = master.bean(Watchers.class);
    int entered = 0;
    while (watchers.enter()) {
      entered++;
    }

    JsonNode refused = client.json(client.get("/cluster/events"));
    for (int i = 0; i < entered; i++) {
      watchers.leave();
    }

    assertThat(refused.get("status_code").intValue()).isEqualTo(503);
    assertThat(refused.get("data").get("reason").stringValue()).isEqualTo("TOO_MANY_WATCHERS");
  }

  @Test
  void endsWithTheNode(@TempDir Path data) {
    try (TestFollower follower = new TestFollower("follower-1")) {
      TestMaster other = TestMaster.start(data.resolve("other"), List.of(follower));
      try (Watcher watcher = new Watcher(other.uri(), "")) {
        watcher.next("frame", _ -> true);

        other.close();

        assertThat(watcher.next("frame", _ -> false)).isNull();
      }
    }
  }

  @Test
  void collectsNothingWhenNobodyWatches(@TempDir Path data) {
    try (TestFollower follower = new TestFollower("follower-1");
        TestMaster other = TestMaster.start(data.resolve("other"), List.of(follower));
        TestClient caller = new TestClient(other)) {
      caller.add("{\"data\":\"unseen\"}");
      assertThat(other.bean(Collector.class).take().isEmpty()).isTrue();

      try (Watcher watcher = new Watcher(other.uri(), "")) {
        watcher.next("frame", _ -> true);
        caller.add("{\"data\":\"seen\"}");
        watcher.next("frame", frame -> tells(frame.get("appended").get("newest"), "seen"));
      }
      FrameRing ring = other.bean(Watchers.class).ring();
      await().until(() -> ring.await(0, 0) instanceof FrameRing.Next.Nothing);
      caller.add("{\"data\":\"unseen\"}");
      assertThat(other.bean(Collector.class).take().isEmpty()).isTrue();
    }
  }
}
