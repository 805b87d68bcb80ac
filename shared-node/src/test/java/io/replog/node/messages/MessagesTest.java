package io.replog.node.messages;

import static io.replog.testnode.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.testnode.RunningNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesTest {

  @TempDir static Path directory;
  private static RunningNode node;

  @BeforeAll
  static void start() throws Exception {
    node = RunningNode.start(directory, Map.of());
    node.append("m1", "m\"2\n", "m3 \u0000 \uD83D\uDE00", "");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void writesThePlainListByteForByte() throws Exception {
    HttpResponse<String> answer = node.get("/messages?limit=2");

    assertThat(answer.body())
        .isEqualTo(
            "{\"status_code\":200,\"message\":\"Messages fetched successfully\",\"data\":"
                + "[{\"text\":\"m1\"},{\"text\":\"m\\\"2\\n\"}]}");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
  }

  @Test
  void tellsWhereTheNodeStands() throws Exception {
    var headers = node.get("/messages").headers();

    assertThat(headers.firstValue("Log-Index")).hasValue("4");
    assertThat(headers.firstValue("Log-Epoch")).hasValue("1");
    assertThat(headers.firstValue("Commit-Index")).hasValue("0");
    assertThat(headers.firstValue("Log-Id")).hasValue(RunningNode.LOG_ID);
    assertThat(headers.firstValue("Node")).hasValue("master");
    assertThat(headers.firstValue("Server")).isEmpty();
  }

  @Test
  void writesFullRecords() throws Exception {
    assertThat(node.get("/messages?view=full&from=1&limit=1").body())
        .endsWith(
            "\"data\":[{\"index\":1,\"epoch\":1,\"timestamp\":\"2026-11-20T19:03:00.123Z\","
                + "\"key\":null,\"text\":\"m1\"}]}");
  }

  @Test
  void writesOneRecordALine() throws Exception {
    HttpResponse<String> answer = node.get("/messages", "Accept", "application/x-ndjson");

    assertThat(answer.body().lines()).hasSize(4).allMatch(line -> line.startsWith("{\"index\":"));
    assertThat(answer.body()).endsWith("\"text\":\"\"}\n");
  }

  @Test
  void pagesBeyondTheEndAreEmpty() throws Exception {
    assertThat(node.get("/messages?from=99").body()).endsWith("\"data\":[]}");
    assertThat(node.get("/messages?from=4&limit=9223372036854775807").body())
        .endsWith("\"data\":[{\"text\":\"\"}]}");
  }

  @ParameterizedTest
  @CsvSource({
    "from=0, from",
    "from=x, from",
    "from=, from",
    "from=99999999999999999999, from",
    "limit=0, limit",
    "limit=-1, limit",
    "min_index=-1, min_index",
    "wait_ms=60001, wait_ms",
    "read_concern=all, read_concern",
    "view=short, view",
    "from=1&from=2, from",
  })
  void refusesBadParametersByName(String query, String parameter) throws Exception {
    HttpResponse<String> answer = node.get("/messages?" + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"message\":\"" + parameter);
  }

  @Test
  void refusesALastEventIdThatIsNoIndex() throws Exception {
    HttpResponse<String> answer =
        node.get("/messages", "Accept", "text/event-stream", "Last-Event-ID", "abc");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Last-Event-ID");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/*|application/json",
        "application/*|application/json",
        "application/x-ndjson;q=0.5, application/json;q=0.4|application/x-ndjson",
        "application/x-ndjson;q=0, */*;q=0.1|application/json",
        "text/html, */*;q=0.8|application/json",
      })
  void followsAccept(String accept, String type) throws Exception {
    assertThat(node.get("/messages", "Accept", accept).headers().firstValue("Content-Type"))
        .hasValue(type);
  }

  @Test
  void refusesOtherMediaTypes() throws Exception {
    HttpResponse<String> answer = node.get("/messages", "Accept", "image/png");

    assertThat(answer.statusCode()).isEqualTo(406);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @Test
  void answersHeadWithoutBody() throws Exception {
    HttpResponse<String> answer = node.method("HEAD", "/messages", "Accept", "text/event-stream");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("Log-Index")).hasValue("4");
  }

  @Test
  void saysWhereItStandsWhenAnIndexIsNotThereInTime() throws Exception {
    HttpResponse<String> answer = node.get("/messages?min_index=1000&wait_ms=20");

    assertThat(answer.statusCode()).isEqualTo(412);
    assertThat(answer.body()).contains("\"reason\":\"BEHIND\"", "\"log_index\":4");
  }

  @Test
  void hidesFromMajorityReadsWhatNoMajorityHolds(@TempDir Path own) throws Exception {
    try (RunningNode other = RunningNode.start(own, Map.of())) {
      other.append("m1", "m2");
      other.log().commit(1);

      HttpResponse<String> answer = other.get("/messages?read_concern=majority");

      assertThat(answer.body()).endsWith("\"data\":[{\"text\":\"m1\"}]}");
      assertThat(answer.headers().firstValue("Log-Index")).hasValue("1");
    }
    try (RunningNode restarted = RunningNode.start(own, Map.of())) {
      assertThat(restarted.get("/messages?read_concern=majority").body())
          .endsWith("\"data\":[{\"text\":\"m1\"}]}");
    }
  }

  @Test
  void wakesALongPollWhenTheIndexArrives(@TempDir Path own) throws Exception {
    try (RunningNode other = RunningNode.start(own, Map.of())) {
      CompletableFuture<HttpResponse<String>> waiting =
          other
              .http()
              .sendAsync(
                  other.request("/messages?min_index=1&wait_ms=20000").build(),
                  HttpResponse.BodyHandlers.ofString());
      awaitWaiters(other, 1);

      other.append("m1");

      assertThat(waiting.get().body()).endsWith("\"data\":[{\"text\":\"m1\"}]}");
    }
  }

  @Test
  void endsLongPollsBeforeTheWebServerStops(@TempDir Path own) throws Exception {
    RunningNode other = RunningNode.start(own, Map.of());
    CompletableFuture<HttpResponse<String>> waiting =
        other
            .http()
            .sendAsync(
                other.request("/messages?min_index=1&wait_ms=60000").build(),
                HttpResponse.BodyHandlers.ofString());
    awaitWaiters(other, 1);
    long before = System.nanoTime();

    other.stop();

    assertThat(waiting.get().statusCode()).isEqualTo(503);
    assertThat(waiting.get().body()).contains("STOPPING");
    assertThat(System.nanoTime() - before).isLessThan(30_000_000_000L);
  }

  @Test
  void servesOneRecordAndWhoHoldsIt() throws Exception {
    HttpResponse<String> answer = node.get("/messages/1");

    assertThat(answer.body()).contains("\"index\":1", "\"text\":\"m1\"", "\"acks\":1");
    assertThat(node.get("/messages/5").statusCode()).isEqualTo(404);
    assertThat(node.get("/messages/0").statusCode()).isEqualTo(400);
    assertThat(node.get("/messages/x").statusCode()).isEqualTo(400);
  }

  private static void awaitWaiters(RunningNode node, int waiters) {
    await().until(() -> node.log().waiters() >= waiters);
  }
}
