package io.replog.master.cluster;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.replog.master.kit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.master.kit.TestClient;
import io.replog.master.kit.TestFollower;
import io.replog.master.kit.TestMaster;
import io.replog.node.security.ClusterToken;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class StartTest {

  @TempDir private Path data;
  private TestFollower first;
  private TestFollower second;

  @BeforeEach
  void start() {
    first = new TestFollower("follower-1");
    second = new TestFollower("follower-2");
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
  }

  private List<TestFollower> followers() {
    return List.of(first, second);
  }

  private static List<String> texts(TestClient client) {
    return client.data("/messages").valueStream().map(m -> m.get("text").stringValue()).toList();
  }

  @Test
  void beginsALogWhenAllFollowersAreEmpty() {
    try (TestMaster master = TestMaster.startSafely(data, followers());
        TestClient client = new TestClient(master)) {
      await().until(() -> client.get("/readyz").statusCode() == 200);

      assertThat(client.add("{\"data\":\"m\",\"write_concern\":3}").statusCode()).isEqualTo(200);
    }
  }

  private static final String OF_ANOTHER_CLUSTER =
      """
      {"data":{"reason":"OTHER_CLUSTER","standing":{"node":"follower-1","incarnation":"i",
      "log_id":"log-a","promised_epoch":4,"position":{"index":3,"epoch":4,
      "chain":"9e7029a1553d714f"},"delay_ms":0,"fsync":"always","fault":null,"error":null}}}
      """;

  @Test
  void isReadyAndReadOnlyWhenItFindsNoQuorum() {
    try (TestMaster master = TestMaster.start(data, followers());
        TestClient client = new TestClient(master)) {
      client.add("{\"data\":\"m1\"}");
    }
    followers().forEach(follower -> follower.answerEverything(aResponse().withStatus(500)));
    try (TestMaster master = TestMaster.startSafely(data, followers(), "QUORUM_APPEND", "on");
        TestClient client = new TestClient(master)) {
      await().until(() -> client.get("/readyz").statusCode() == 200);

      HttpResponse<String> refused = client.add("{\"data\":\"m2\"}");

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("NO_QUORUM");
      assertThat(texts(client)).containsExactly("m1");
    }
  }

  @Test
  void staysReadOnlyBesideFullFollowersUntilItIsToldToAdopt() {
    first.model().hold("log-a", 4, "m1", "m2", "m3");
    second.model().hold("log-a", 4, "m1", "m2");
    try (TestMaster master = TestMaster.startSafely(data, followers());
        TestClient client = new TestClient(master)) {
      await().until(() -> client.get("/health").body().contains("`replog adopt`"));
      HttpResponse<String> refused = client.add("{\"data\":\"m\"}");
      HttpResponse<String> stranger = client.post("/cluster/adopt", "");

      HttpResponse<String> adopted =
          client.post("/cluster/adopt", "", ClusterToken.HEADER, TestMaster.TOKEN);

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(client.json(refused).get("data").get("reason").stringValue()).isEqualTo("NO_LOG");
      assertThat(client.json(refused).get("message").stringValue()).contains("adopt");
      assertThat(stranger.statusCode()).isEqualTo(401);
      assertThat(adopted.statusCode()).isEqualTo(200);
      assertThat(client.json(adopted).get("data").toString())
          .isEqualTo("{\"follower\":\"follower-1\",\"log_id\":\"log-a\",\"last_index\":3}");
      assertThat(texts(client)).containsExactly("m1", "m2", "m3");
      assertThat(client.add("{\"data\":\"m4\",\"write_concern\":3}").statusCode()).isEqualTo(200);
      assertThat(second.model().texts()).containsExactly("m1", "m2", "m3", "m4");
    }
  }

  @Test
  void refusesToAdoptWhenItHasALog() {
    try (TestMaster master = TestMaster.start(data, followers());
        TestClient client = new TestClient(master)) {
      HttpResponse<String> answer =
          client.post("/cluster/adopt", "", ClusterToken.HEADER, TestMaster.TOKEN);

      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(client.json(answer).get("data").get("reason").stringValue())
          .isEqualTo("NOT_ADOPTED");
    }
  }

  @Test
  void neverAdoptsTheLogOfAnotherCluster() {
    first.answerEverything(aResponse().withStatus(409).withBody(OF_ANOTHER_CLUSTER));
    try (TestMaster master = TestMaster.startSafely(data, List.of(first));
        TestClient client = new TestClient(master)) {
      await().until(() -> client.get("/health").body().contains("it is of another cluster"));

      HttpResponse<String> answer =
          client.post("/cluster/adopt", "", ClusterToken.HEADER, TestMaster.TOKEN);

      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(client.get("/health").body()).doesNotContain("HEALTHY\",\"state\":\"IN_SYNC");
    }
  }

  @Test
  void saysThatAnAdoptionFailed() {
    first.model().hold("log-a", 4, "m1");
    second.model().hold("log-a", 4, "m1");
    first.answerPulls(aResponse().withStatus(500));
    second.answerPulls(aResponse().withBody("{\"data\":{\"entries\":[{}]}}"));
    try (TestMaster master = TestMaster.startSafely(data, followers());
        TestClient client = new TestClient(master)) {
      await().until(() -> client.get("/health").body().contains("`replog adopt`"));

      HttpResponse<String> answer =
          client.post("/cluster/adopt", "", ClusterToken.HEADER, TestMaster.TOKEN);

      assertThat(answer.statusCode()).isEqualTo(409);
    }
  }

  @Test
  void knowsMessagesAndKeysAfterARestart() {
    try (TestMaster master = TestMaster.start(data, followers());
        TestClient client = new TestClient(master)) {
      client.add("{\"data\":\"kept\",\"write_concern\":3}", "Idempotency-Key", "k");
    }

    try (TestMaster master = TestMaster.startSafely(data, followers());
        TestClient client = new TestClient(master)) {
      await().until(() -> client.get("/readyz").statusCode() == 200);
      HttpResponse<String> again =
          client.add("{\"data\":\"kept\",\"write_concern\":3}", "Idempotency-Key", "k");

      assertThat(again.headers().firstValue("Log-Index")).contains("1");
      assertThat(again.headers().firstValue("Idempotent-Replay")).contains("true");
      assertThat(texts(client)).containsExactly("kept");
      JsonNode health = client.data("/health");
      assertThat(health.get("epoch").longValue()).isEqualTo(2);
    }
  }

  @Test
  void pullsWhatAFollowerHasBeyondItsOwnEnd() {
    String log;
    try (TestMaster master = TestMaster.start(data, followers());
        TestClient client = new TestClient(master)) {
      client.add("{\"data\":\"m1\",\"write_concern\":3}");
      log = client.data("/health").get("log_id").stringValue();
    }
    first.model().hold(log, 1, "m2", "m3");

    try (TestMaster master = TestMaster.startSafely(data, followers());
        TestClient client = new TestClient(master)) {
      await().until(() -> client.get("/readyz").statusCode() == 200);

      assertThat(texts(client)).containsExactly("m1", "m2", "m3");
    }
  }

  @Test
  void remembersManyEntriesInOrder() {
    List<String> texts = IntStream.range(0, 200).mapToObj(i -> "m" + i).toList();
    try (TestMaster master = TestMaster.start(data, followers());
        TestClient client = new TestClient(master)) {
      texts.forEach(text -> client.add("{\"data\":\"%s\"}".formatted(text)));
    }

    try (TestMaster master = TestMaster.startSafely(data, followers());
        TestClient client = new TestClient(master)) {
      assertThat(texts(client)).isEqualTo(texts);
    }
  }
}
