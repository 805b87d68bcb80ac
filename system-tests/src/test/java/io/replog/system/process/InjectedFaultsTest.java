package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.NodeClient;
import io.replog.system.kit.Problems;
import io.replog.system.kit.Replies;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Every fault that can be injected, in a cluster of real processes: set through the master, seen
/// in what it does and in `/health` of both nodes, lifted, and nothing is wrong with the logs then.
class InjectedFaultsTest {

  private static TestCluster cluster;

  @BeforeAll
  static void startCluster() {
    cluster = TestCluster.running("injected-faults", settings -> settings);
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @AfterEach
  void healAndCompare() {
    send("DELETE", "/cluster/faults", "");
    cluster.awaitInSync();
    List<String> texts = cluster.master().texts();
    cluster.awaitTexts(FOLLOWER_1, texts);
    cluster.awaitTexts(FOLLOWER_2, texts);
    assertThat(texts).doesNotHaveDuplicates();
    assertThat(cluster.master().healthOf(FOLLOWER_1).has("injected_faults")).isFalse();
  }

  private static Reply send(String method, String path, String body) {
    return master().send(method, path, body.getBytes(StandardCharsets.UTF_8));
  }

  private static NodeClient master() {
    return cluster.master().saying("Cluster-Token", cluster.nodes().token());
  }

  private static void inject(String faults) {
    Reply reply = send("PUT", "/cluster/faults/follower-1", faults);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
  }

  private static Reply addInVain(String text) {
    String body = "{\"data\":\"%s\",\"write_concern\":3,\"timeout_ms\":700}".formatted(text);
    Reply reply = cluster.master().post("/add", body);
    assertThat(reply.status()).as(reply.text()).isEqualTo(504);
    return reply;
  }

  private static void requireMentioned(String fault) {
    assertThat(cluster.follower1().get("/health").text()).contains(fault);
    TestCluster.await(
        "the master knows of " + fault,
        () ->
            cluster
                .master()
                .healthOf(FOLLOWER_1)
                .path("injected_faults")
                .toString()
                .contains(fault));
  }

  @Test
  void delaysEveryMessageByTheDelayLessItsJitterAtLeast() {
    inject("{\"delay_ms\":600,\"jitter_ms\":400,\"seed\":5}");
    requireMentioned("\"jitter_ms\":400");

    for (int number = 1; number <= 5; number++) {
      Reply slow = cluster.master().add("delayed " + number, 3);
      assertThat(slow.status()).isEqualTo(200);
      assertThat(slow.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }
    cluster.awaitStatus(FOLLOWER_1, "HEALTHY");
  }

  @Test
  void appendsNothingWhereTheErrorComesBeforeTheAppend() {
    inject("{\"error_before_percent\":100}");
    requireMentioned("\"error_before_percent\":100");

    addInVain("refused before");

    assertThat(cluster.follower1().texts()).doesNotContain("refused before");
    assertThat(cluster.follower2().get("/messages").status()).isEqualTo(200);
    TestCluster.await(
        "an error from follower-1",
        () ->
            cluster.master().healthOf(FOLLOWER_1).get("last_error").toString().contains("before"));
    assertThat(cluster.master().get("/actuator/prometheus").text())
        .contains("replog_follower_retries_total{follower=\"follower-1\",reason=\"status\"}");
  }

  @Test
  void holdsDurablyWhatItAnswersWithAnErrorAfterTheAppend() {
    inject("{\"error_after_percent\":100}");
    requireMentioned("\"error_after_percent\":100");

    long index = addInVain("denied after").data().get("index").asLong();

    TestCluster.await(
        "follower-1 shows it", () -> cluster.follower1().texts().contains("denied after"));
    assertThat(cluster.master().healthOf(FOLLOWER_1).get("match_index").asLong()).isLessThan(index);
    cluster.nodes().kill(FOLLOWER_1);
    cluster.start(FOLLOWER_1);
    assertThat(cluster.follower1().texts()).contains("denied after");
    Reply found = cluster.master().get("/messages/" + index + "?wait_acks=3&wait_ms=60000");
    assertThat(found.status()).as("the fault ended with the process").isEqualTo(200);
    assertThat(found.text()).contains("\"acks\":3");
  }

  @Test
  void worksOnWhenItsAnswersAreDropped() {
    inject("{\"drop_answers_percent\":100}");

    addInVain("answer dropped");

    cluster.awaitStatus(FOLLOWER_1, "UNHEALTHY");
    requireMentioned("\"drop_answers_percent\":100");
    TestCluster.await(
        "follower-1 shows it", () -> cluster.follower1().texts().contains("answer dropped"));
  }

  @Test
  void answersClientsOnlyWhilePaused() {
    inject("{\"pause\":true}");
    cluster.awaitStatus(FOLLOWER_1, "UNHEALTHY");
    requireMentioned("\"pause\":true");

    CompletableFuture<Reply> blocked = cluster.master().addLater("needs the paused one", 3);
    cluster.awaitBlocked(1);
    Reply enough = cluster.master().add("needs two", 2);

    assertThat(enough.status()).isEqualTo(200);
    assertThat(blocked).isNotDone();
    assertThat(cluster.follower1().texts()).doesNotContain("needs the paused one", "needs two");
    send("DELETE", "/cluster/faults/follower-1", "");
    assertThat(Replies.now(blocked).status()).isEqualTo(200);
  }

  @Test
  void keepsMasterAndFollowerApartWhilePartitioned() {
    inject("{\"partition\":true}");
    cluster.awaitStatus(FOLLOWER_1, "UNHEALTHY");
    requireMentioned("\"partition\":true");

    addInVain("other side");

    assertThat(cluster.follower1().texts()).doesNotContain("other side");
    assertThat(cluster.master().healthOf(FOLLOWER_1).get("last_error").asString())
        .contains("injected partition");
  }

  @Test
  void acknowledgesEverythingOnceUnderAThirdOfEveryError() {
    inject(
        "{\"error_before_percent\":30,\"error_after_percent\":30,\"drop_answers_percent\":5,"
            + "\"jitter_ms\":20,\"seed\":11}");

    List<CompletableFuture<Reply>> adds =
        IntStream.range(0, 60)
            .mapToObj(number -> cluster.master().addLater("stubborn " + number, 3))
            .toList();

    assertThat(adds).allSatisfy(add -> assertThat(Replies.now(add).status()).isEqualTo(200));
    assertThat(cluster.follower1().texts()).containsAll(cluster.master().texts());
  }

  @Test
  void injectsNothingWhereItIsNotAllowed() {
    try (TestCluster careful =
        TestCluster.running("no-faults", settings -> settings.set("FAULTS", "off"))) {
      String token = careful.nodes().token();
      byte[] pause = "{\"pause\":true}".getBytes(StandardCharsets.UTF_8);

      Reply throughMaster =
          careful.master().send("PUT", "/cluster/faults/follower-1", pause, "Cluster-Token", token);
      Reply atFollower = careful.follower1().send("PUT", "/faults", pause, "Cluster-Token", token);

      Problems.requireProblem(throughMaster, 404);
      Problems.requireProblem(atFollower, 404);
      assertThat(careful.master().add("as always", 3).status()).isEqualTo(200);
    }
  }

  @Test
  void opensToNobodyWithoutTheTokenOfTheCluster() {
    byte[] pause = "{\"pause\":true}".getBytes(StandardCharsets.UTF_8);

    Problems.requireProblem(cluster.master().send("PUT", "/cluster/faults/follower-1", pause), 401);
    Problems.requireProblem(cluster.follower1().send("PUT", "/faults", pause), 401);

    assertThat(cluster.master().add("nobody was paused", 3).status()).isEqualTo(200);
  }
}
