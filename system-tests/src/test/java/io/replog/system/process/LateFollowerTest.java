package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.Problems;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What a client can do while a follower has not come yet. Follower-2 is never started here; what
/// happens when it comes is told by [SelfCheckTest].
class LateFollowerTest {

  private static TestCluster cluster;

  @BeforeAll
  static void startTwoOfThree() {
    cluster = TestCluster.laidOut("late-follower", settings -> settings);
    cluster.start(FOLLOWER_1, MASTER);
    cluster.awaitWritable();
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @Test
  void givesReceiptWhenTimeRunsOut() {
    Reply reply =
        cluster
            .master()
            .post("/add", "{\"data\":\"receipt\",\"write_concern\":3,\"timeout_ms\":300}");

    JsonNode data = Problems.requireProblem(reply, 504).get("data");
    assertThat(reply.elapsed()).isBetween(Duration.ofMillis(295), TestCluster.LIMIT);
    assertThat(data.propertyNames())
        .containsExactly("index", "epoch", "acks", "write_concern", "reason");
    assertThat(data.get("reason").asString()).isEqualTo("PENDING");
    assertThat(data.get("write_concern").asInt()).isEqualTo(3);
    assertThat(data.get("acks").asInt()).isBetween(0, 2);
    String path = "/messages/" + data.get("index").asLong();
    TestCluster.await("it is shown", () -> cluster.master().get(path).status() == 200);
    Reply record = cluster.master().get(path);
    assertThat(record.data().get("text").asString()).isEqualTo("receipt");
    assertThat(record.data().get("epoch").asLong()).isEqualTo(data.get("epoch").asLong());
  }

  @Test
  void tellsHoldersWhenWaitForStrongerConcernEnds() {
    long index = cluster.master().add("stronger", 2).index();

    Reply two = cluster.master().get("/messages/" + index + "?wait_acks=2&wait_ms=60000");
    Reply three = cluster.master().get("/messages/" + index + "?wait_acks=3&wait_ms=300");

    assertThat(two.status()).isEqualTo(200);
    assertThat(two.number("Replication-Acks")).isEqualTo(2);
    assertThat(three.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(295));
    assertThat(three.number("Replication-Acks")).isEqualTo(2);
  }

  @Test
  void joinsRepeatedAddWhileFirstIsInFlight() {
    CompletableFuture<Reply> first =
        cluster.master().addLater("joined", 3, "Idempotency-Key", "late-joined");
    TestCluster.await("it is shown", () -> cluster.master().texts().contains("joined"));

    Reply weaker = cluster.master().add("joined", 2, "Idempotency-Key", "late-joined");
    Reply other = cluster.master().add("another", 1, "Idempotency-Key", "late-joined");

    assertThat(weaker.status()).isEqualTo(200);
    assertThat(weaker.header("Idempotent-Replay")).isEqualTo("true");
    assertThat(cluster.master().texts()).containsOnlyOnce("joined");
    Problems.requireProblem(other, 422);
    assertThat(first).isNotDone();
  }

  @Test
  void countsOnlyNodesThatHoldMessage() {
    assertThat(cluster.master().add("all", "majority").status()).isEqualTo(200);

    Reply all =
        cluster
            .master()
            .post("/add", "{\"data\":\"all\",\"write_concern\":\"all\",\"timeout_ms\":1}");

    Problems.requireProblem(all, 504);
  }

  @Test
  void waitsOnOneNodeForWhatAnotherAcknowledged() {
    long index = cluster.master().add("read your own", 1).index();

    Reply reply = cluster.follower1().get("/messages?min_index=" + index + "&wait_ms=60000");
    Reply beyond =
        cluster.follower1().get("/messages?min_index=" + (index + 100_000) + "&wait_ms=200");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.texts()).contains("read your own");
    Problems.requireProblem(beyond, 412);
    assertThat(beyond.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(195));
  }
}
