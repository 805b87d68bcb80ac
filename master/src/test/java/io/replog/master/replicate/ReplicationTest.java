package io.replog.master.replicate;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.replog.master.kit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.replog.master.kit.TestClient;
import io.replog.master.kit.TestFollower;
import io.replog.master.kit.TestMaster;
import io.replog.model.RefusalReason;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class ReplicationTest {

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
    await().until(() -> follower(0, "status").equals("HEALTHY"));
  }

  @AfterAll
  static void stop() {
    client.close();
    master.close();
    first.close();
    second.close();
  }

  @AfterEach
  void heal() {
    first.heal();
    second.heal();
    await().until(() -> follower(0, "state").equals("IN_SYNC") && follower(1, "lag").equals("0"));
  }

  private static String follower(int number, String member) {
    JsonNode value = client.data("/health").get("followers").get(number).get(member);
    return value.isString() ? value.stringValue() : value.toString();
  }

  private static void assertHoldsAll(TestFollower follower) {
    List<String> all =
        client.data("/messages").valueStream().map(m -> m.get("text").stringValue()).toList();
    await().untilAsserted(() -> assertThat(follower.model().texts()).isEqualTo(all));
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("before it takes anything", aResponse().withStatus(500)),
        Arguments.of("reset", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
        Arguments.of("nonsense", aResponse().withBody("?")),
        Arguments.of("empty", aResponse().withFault(Fault.EMPTY_RESPONSE)),
        Arguments.of("huge", aResponse().withBody("x".repeat(100_000))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void triesAgainUntilTheFollowerHasEverything(String name, ResponseDefinitionBuilder fault) {
    second.answerBatches(fault);
    CompletableFuture<HttpResponse<String>> blocked =
        client.addLater("{\"data\":\"%s\",\"write_concern\":3}".formatted(name));
    await().until(() -> !follower(1, "last_error").equals("null"));

    assertThat(blocked).isNotDone();
    second.heal();

    assertThat(blocked.join().statusCode()).isEqualTo(200);
    assertHoldsAll(second);
  }

  @Test
  void sendsOnceMoreWhatAFollowerTookWithoutSayingSo() {
    second.answerBatches(aResponse().withTransformers("model-follower").withStatus(500));
    client.add("{\"data\":\"taken silently\",\"write_concern\":2}");
    await().until(() -> second.model().texts().contains("taken silently"));
    assertThat(follower(1, "lag")).isNotEqualTo("0");

    second.heal();

    assertThat(client.add("{\"data\":\"next\",\"write_concern\":3}").statusCode()).isEqualTo(200);
    assertThat(second.model().texts()).containsOnlyOnce("taken silently");
    assertHoldsAll(second);
  }

  @ParameterizedTest
  @EnumSource(
      value = RefusalReason.class,
      names = {"GAP", "FULL", "STOPPING"})
  void outlivesRefusalsThatPass(RefusalReason reason) {
    int status = reason == RefusalReason.FULL ? 507 : 409;
    second.answerBatches(aResponse().withStatus(status).withBody(second.model().refusal(reason)));
    CompletableFuture<HttpResponse<String>> blocked =
        client.addLater("{\"data\":\"%s\",\"write_concern\":3}".formatted(reason));
    int before = second.batches();
    await().until(() -> second.batches() > before);

    assertThat(client.add("{\"data\":\"beside\",\"write_concern\":2}").statusCode()).isEqualTo(200);
    second.heal();

    assertThat(blocked.join().statusCode()).isEqualTo(200);
    assertHoldsAll(second);
  }

  @Test
  void doesNotSlowDownForASlowFollower() {
    second.answerEverything(aResponse().withTransformers("model-follower").withFixedDelay(20_000));

    List<CompletableFuture<HttpResponse<String>>> calls =
        IntStream.range(0, 50)
            .mapToObj(i -> client.addLater("{\"data\":\"s%d\",\"write_concern\":2}".formatted(i)))
            .toList();

    assertThat(calls).allMatch(call -> call.join().statusCode() == 200);
    assertThat(follower(1, "lag")).isNotEqualTo("0");
  }

  @Test
  void noticesAFollowerThatDoesNotAnswerHeartbeats() {
    second.answerEverything(aResponse().withFixedDelay(5_000));

    await().until(() -> follower(1, "status").equals("UNHEALTHY"));

    second.heal();
    await().until(() -> follower(1, "status").equals("HEALTHY"));
  }

  @Test
  void fillsAnEmptiedFollowerOfAnIdleCluster() {
    client.add("{\"data\":\"before the loss\",\"write_concern\":3}");

    second.model().wipe("inc-new");

    assertHoldsAll(second);
  }

  @Test
  void countsOneDataDirectoryOnce(@TempDir Path data) {
    try (TestFollower one = new TestFollower("follower-1");
        TestFollower copy = new TestFollower("follower-2")) {
      copy.model().wipe(one.model().standing().incarnation());
      try (TestMaster doubled = TestMaster.start(data.resolve("doubled"), List.of(one, copy));
          TestClient caller = new TestClient(doubled)) {

        caller.add("{\"data\":\"both answer\",\"write_concern\":2}");
        HttpResponse<String> answer =
            caller.add("{\"data\":\"m\",\"write_concern\":3,\"timeout_ms\":3000}");

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(caller.json(answer).get("data").get("acks").intValue()).isEqualTo(2);
      }
    }
  }
}
