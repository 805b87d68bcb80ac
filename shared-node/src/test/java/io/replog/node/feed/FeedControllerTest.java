package io.replog.node.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.Position;
import io.replog.testnode.RunningNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a node hands over to those that it feeds: nothing that is not committed.
class FeedControllerTest {

  @TempDir Path directory;
  private RunningNode node;

  @BeforeEach
  void start() throws Exception {
    node = RunningNode.start(directory, Map.of());
    node.append("m1", "m2", "m3", "m4", "m5", "m6");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private HttpResponse<String> ask(String feed, Position position, long waitMillis)
      throws Exception {
    return node.post(
        "/cluster/feed",
        """
        {"cluster_id":"replog","node":"layer-1-1","port":6064,"feed":"%s","layer":1,"log_id":null,
         "position":{"index":%d,"epoch":%d,"chain":"%s"},"version":%d,"behind":null,"stale_ms":null,
         "wait_ms":%d,"max_bytes":1000000,"fed":[]}\
        """
            .formatted(
                feed,
                position.index(),
                position.epoch(),
                position.chainDigits(),
                position.index(),
                waitMillis),
        "Cluster-Token",
        RunningNode.TOKEN);
  }

  private static JsonNode data(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body()).get("data");
  }

  @ParameterizedTest
  @CsvSource({
    "0, every 1 message, 0, 0",
    "3, every 1 message, 3, 3",
    "5, every 2 messages, 4, 4",
    "6, every 2 messages, 6, 6",
    "6, every 10 messages, 0, 0",
    "5, every 10s, 5, 5"
  })
  void handsOverWholeVersionsOfWhatIsCommitted(
      long committed, String feed, long version, int entries) throws Exception {
    node.log().commit(committed);

    JsonNode data = data(ask(feed, Position.START, 0));

    assertThat(data.get("version").asLong()).isEqualTo(version);
    assertThat(data.get("entries")).hasSize(entries);
    assertThat(data.get("known_index").asLong()).isEqualTo(committed);
  }

  @Test
  void waitsForTheNextVersion() throws Exception {
    node.log().commit(2);
    Position second = node.log().positionAt(2);
    CompletableFuture<HttpResponse<String>> answer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return ask("every 2 messages", second, 20_000);
              } catch (Exception failed) {
                throw new IllegalStateException(failed);
              }
            });
    while (node.log().waiters() == 0) {
      Thread.onSpinWait();
    }
    node.log().commit(3);
    assertThat(answer).isNotDone();

    node.log().commit(5);

    JsonNode data = data(answer.get());
    assertThat(data.get("version").asLong()).isEqualTo(4);
    assertThat(data.get("entries")).hasSize(2);
  }

  @Test
  void endsTheWaitWithTheClock() throws Exception {
    node.log().commit(2);
    long before = System.nanoTime();

    JsonNode data = data(ask("every 100ms", node.log().positionAt(2), 30_000));

    assertThat(data.get("entries")).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(25));
  }

  @Test
  void refusesWhoHoldsSomethingElseAndWaitsForWhoHoldsMore() throws Exception {
    node.log().commit(3);

    HttpResponse<String> other = ask("every 1 message", new Position(2, 1, 77), 0);
    HttpResponse<String> ahead = ask("every 1 message", new Position(9, 1, 77), 0);

    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(other.body()).contains("\"reason\":\"DIVERGED\"");
    assertThat(ahead.statusCode()).isEqualTo(200);
    assertThat(data(ahead).get("entries")).isEmpty();
  }

  @Test
  void passesOnWhatNodesCouldHaveSaidAndNothingElse() throws Exception {
    String sound =
        "{\"node\":\"layer-2-1\",\"url\":\"http://x\",\"feed\":\"every"
            + " 1s\",\"upstream\":\"layer-1-1\","
            + "\"layer\":2,\"version\":1,\"behind\":1,\"stale_ms\":1,\"silent_ms\":0}";
    String tooLong = sound.replace("layer-2-1", "layer-2-2").replace("http://x", "x".repeat(301));
    String noName = sound.replace("layer-2-1", "no name");
    String noFeed = sound.replace("layer-2-1", "layer-2-3").replace("every 1s", "sometimes");
    String fed = String.join(",", sound, tooLong, noName, noFeed);

    HttpResponse<String> answer =
        node.post(
            "/cluster/feed",
            """
            {"cluster_id":"replog","node":"layer-1-1","port":6064,"feed":"every 1s","layer":1,
             "log_id":null,"position":{"index":0,"epoch":0,"chain":"0000000000000000"},"version":0,
             "behind":null,"stale_ms":null,"wait_ms":0,"max_bytes":1000,"fed":[%s]}\
            """
                .formatted(fed),
            "Cluster-Token",
            RunningNode.TOKEN);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(node.get("/actuator/prometheus").body()).contains("replog_fed_nodes 2.0");
  }

  @Test
  void refusesWhoBelongsElsewhere() throws Exception {
    HttpResponse<String> eager = ask("eager", Position.START, 0);
    HttpResponse<String> patient = ask("every 1 message", Position.START, 30_001);
    HttpResponse<String> stranger =
        node.post(
            "/cluster/feed", "{\"cluster_id\":\"other\"}", "Cluster-Token", RunningNode.TOKEN);

    assertThat(eager.statusCode()).isEqualTo(400);
    assertThat(eager.body()).contains("eager nodes are fed by the master");
    assertThat(patient.statusCode()).isEqualTo(400);
    assertThat(patient.body()).contains("wait_ms is 30001");
    assertThat(stranger.statusCode()).isEqualTo(400);
  }
}
