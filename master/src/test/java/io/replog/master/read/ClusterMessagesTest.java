package io.replog.master.read;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.replog.master.kit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.replog.master.kit.TestClient;
import io.replog.master.kit.TestFollower;
import io.replog.master.kit.TestMaster;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ClusterMessagesTest {

  private static final ResponseDefinitionBuilder OTHER_TEXT =
      aResponse()
          .withBody(
              "{\"data\":[{\"index\":1,\"epoch\":1,\"timestamp\":\"2026-11-20T19:01:00.123Z\","
                  + "\"key\":null,\"text\":\"forged\"}]}");

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
    for (int i = 1; i <= 5; i++) {
      client.add("{\"data\":\"m%d\",\"write_concern\":3}".formatted(i));
    }
  }

  @AfterEach
  void heal() {
    first.heal();
    second.heal();
  }

  @AfterAll
  static void stop() {
    client.close();
    master.close();
    first.close();
    second.close();
  }

  private static JsonNode read(String query) {
    return client.data("/cluster/messages?wait_ms=10000&" + query);
  }

  private static List<String> texts(JsonNode messages) {
    return messages.valueStream().map(each -> each.get("text").stringValue()).toList();
  }

  @Test
  void saysOnHowManyNodesEachMessageIs() {
    JsonNode page = read("read=majority&from=2&limit=3");

    assertThat(texts(page.get("messages"))).containsExactly("m2", "m3", "m4");
    assertThat(page.get("messages").get(0).get("found_on").intValue()).isEqualTo(3);
    assertThat(page.get("answered").intValue()).isEqualTo(3);
    assertThat(page.get("cluster_size").intValue()).isEqualTo(3);
    assertThat(page.get("views").valueStream().map(view -> view.get("node").stringValue()))
        .containsExactly("master", "follower-1", "follower-2");
    assertThat(page.get("views").valueStream())
        .allSatisfy(
            view -> assertThat(texts(view.get("messages"))).containsExactly("m2", "m3", "m4"));
  }

  @Test
  void leavesOutOfTheMajorityWhatOneNodeAloneHolds() {
    second.answerReads(OTHER_TEXT);

    JsonNode majority = read("read=majority&limit=1");
    JsonNode all = read("read=all&limit=1");

    assertThat(texts(majority.get("messages"))).containsExactly("m1");
    assertThat(majority.get("messages").get(0).get("found_on").intValue()).isEqualTo(2);
    assertThat(texts(majority.get("views").get(2).get("messages"))).containsExactly("forged");
    assertThat(texts(all.get("messages"))).containsExactly("m1", "forged");
    assertThat(all.get("messages").get(1).get("nodes").toString()).isEqualTo("[\"follower-2\"]");
  }

  @Test
  void saysWhoDidNotAnswerAndWhy() {
    first.answerReads(aResponse().withFixedDelay(60_000));
    second.answerReads(aResponse().withStatus(503).withBody("{\"message\":\"resting\"}"));

    CompletableFuture<JsonNode> later =
        later(() -> client.json(client.get("/cluster/messages?wait_ms=5000")));
    JsonNode all = client.data("/cluster/messages?read=all&wait_ms=5000");
    JsonNode majority = later.join();

    assertThat(texts(all.get("messages"))).containsExactly("m1", "m2", "m3", "m4", "m5");
    assertThat(all.get("answered").intValue()).isEqualTo(1);
    assertThat(all.get("views").get(1).get("error").stringValue())
        .matches("no answer (within 5000 ms|in time)");
    assertThat(all.get("views").get(2).get("error").stringValue())
        .isEqualTo("answered 503: resting");
    assertThat(majority.get("status_code").intValue()).isEqualTo(503);
    assertThat(majority.get("message").stringValue())
        .isEqualTo("1 of 3 nodes answered, 2 are needed");
    assertThat(majority.get("data").get("reason").stringValue()).isEqualTo("TOO_FEW_ANSWERS");
    assertThat(majority.get("data").get("views")).hasSize(3);
  }

  @Test
  void returnsWithTheFirstAnswer() {
    first.answerReads(aResponse().withFixedDelay(60_000));

    JsonNode page = read("read=first&nodes=follower-1,follower-2");

    assertThat(page.get("views")).hasSize(1);
    assertThat(page.get("views").get(0).get("node").stringValue()).isEqualTo("follower-2");
    assertThat(texts(page.get("messages"))).containsExactly("m1", "m2", "m3", "m4", "m5");
  }

  @Test
  void readsOneNodeAlone() {
    JsonNode page = read("read=all&nodes=follower-2&from=5");

    assertThat(page.get("views")).hasSize(1);
    assertThat(texts(page.get("messages"))).containsExactly("m5");
  }

  @Test
  void showsFollowersTheKeyOfTheCaller() {
    HttpRequest request =
        HttpRequest.newBuilder(master.uri().resolve("/cluster/messages?wait_ms=10000"))
            .header("Authorization", "Bearer of-a-client")
            .build();

    int status =
        HttpClient.newHttpClient()
            .sendAsync(request, BodyHandlers.discarding())
            .join()
            .statusCode();

    assertThat(status).isEqualTo(200);
    assertThat(first.readsWith("Authorization", "Bearer of-a-client")).isEqualTo(1);
  }

  @Test
  void isEmptyBehindTheEnd() {
    assertThat(read("read=all&from=9223372036854775807").get("messages")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "read=some | read is \"some\", it must be first, majority or all",
        "read=all&nodes=nobody | nodes is \"nobody\", it must be names out of"
            + " master,follower-1,follower-2",
        "read=majority&nodes=master | nodes is \"master\", it must be left out with read=majority,"
            + " which asks all",
        "limit=1001 | limit is \"1001\", it must be a whole number from 1 to 1000",
        "from=0 | from is \"0\", it must be a whole number of at least 1",
      })
  void refusesWhatItDoesNotUnderstand(String query, String message) {
    JsonNode refused = client.json(client.get("/cluster/messages?" + query));

    assertThat(refused.get("status_code").intValue()).isEqualTo(400);
    assertThat(refused.get("message").stringValue()).isEqualTo(message);
  }

  @Test
  void refusesMoreReadsThanFitAtOnce() {
    second.holdReads();
    List<CompletableFuture<List<NodeView>>> held =
        Stream.generate(() -> later(ClusterMessagesTest::readSecondPatiently)).limit(4).toList();
    await().until(() -> second.heldReads() == 4);

    JsonNode refused = client.json(client.get("/cluster/messages?wait_ms=1"));
    second.heal();

    assertThat(refused.get("status_code").intValue()).isEqualTo(503);
    assertThat(refused.get("data").get("reason").stringValue()).isEqualTo("TOO_MANY_READERS");
    assertThat(held).allSatisfy(views -> assertThat(views.join().getFirst().answered()).isTrue());
    assertThat(client.get("/cluster/messages?wait_ms=10000").statusCode()).isEqualTo(200);
  }

  private static List<NodeView> readSecondPatiently() {
    ClusterQuery query =
        new ClusterQuery(
            ClusterQuery.Kind.ALL, List.of("follower-2"), 1, 1, Duration.ofSeconds(60), null);
    try {
      return master.bean(ClusterReads.class).views(query);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static <T> CompletableFuture<T> later(Supplier<T> call) {
    return CompletableFuture.supplyAsync(call, Thread::startVirtualThread);
  }
}
