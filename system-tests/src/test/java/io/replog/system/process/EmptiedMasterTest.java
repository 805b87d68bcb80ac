package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replog.system.kit.Problems;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A master that lost its disk beside followers that kept theirs: nothing is overwritten because
/// somebody lost a disk.
class EmptiedMasterTest {

  private final TestCluster cluster = TestCluster.running("emptied-master", settings -> settings);

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void staysReadOnlyUntilToldToAdopt() {
    IntStream.rangeClosed(1, 10).forEach(number -> cluster.master().add("m" + number, 3));
    List<String> before = cluster.master().texts();
    String logId = cluster.master().health().get("log_id").asString();

    emptyMaster();
    awaitReason("`replog adopt`");
    Reply refused = cluster.master().add("too early", 1);
    JsonNode health = cluster.master().health();

    Problems.requireProblem(refused, 503);
    assertThat(refused.number("Retry-After")).isPositive();
    assertThat(refused.json().get("message").asString()).containsIgnoringCase("adopt");
    assertThat(health.get("writable").asBoolean()).isFalse();
    assertThat(health.get("reason").asString()).containsIgnoringCase("adopt");
    assertThat(cluster.master().get("/actuator/health/quorum").status()).isEqualTo(503);
    assertThat(cluster.master().get("/actuator/health").status()).isEqualTo(200);
    assertThat(cluster.follower1().texts()).isEqualTo(before);

    Reply adopted = adopt("");

    assertThat(adopted.status()).as("%s", adopted).isEqualTo(200);
    cluster.awaitInSync();
    assertThat(cluster.master().texts()).isEqualTo(before);
    assertThat(cluster.master().health().get("log_id").asString()).isEqualTo(logId);
    assertThat(cluster.master().add("m11", 3).index()).isEqualTo(11);
    assertThat(cluster.follower2().texts()).hasSize(11).startsWith("m1").endsWith("m11");
  }

  /// The lost disk and the silent follower are the two that have acknowledged the message. The
  /// third node comes when the silent one is heard: two that hold nothing begin a new log after a
  /// while.
  @Test
  void waitsForFollowerThatAloneMayHoldAnAcknowledgedMessage() {
    cluster.nodes().kill(FOLLOWER_1);
    assertThat(cluster.master().add("kept by two", 2).status()).isEqualTo(200);
    cluster.nodes().kill(MASTER);
    cluster.nodes().pause(FOLLOWER_2);
    cluster.nodes().wipe(MASTER);
    cluster.nodes().start(MASTER);

    Reply early = adopt("?without=follower-1");
    Reply unknown = adopt("?without=follower-9");
    cluster.nodes().unpause(FOLLOWER_2);
    awaitReason("follower-2 holds 1 entries");
    cluster.start(FOLLOWER_1);
    awaitReason("`replog adopt`");
    Reply adopted = adopt("");

    Problems.requireProblem(early, 409);
    assertThat(early.json().get("message").asString()).contains("--without follower-2`");
    Problems.requireProblem(unknown, 400);
    assertThat(adopted.status()).as("%s", adopted).isEqualTo(200);
    cluster.awaitInSync();
    assertThat(cluster.follower1().texts()).containsExactly("kept by two");
  }

  @Test
  void beginsNewLogWhenNobodyHoldsEntries() {
    String before = cluster.master().health().get("log_id").asString();
    cluster.nodes().killAll();
    for (String node : List.of(MASTER, FOLLOWER_1, FOLLOWER_2)) {
      cluster.nodes().wipe(node);
    }

    cluster.start(FOLLOWER_1, FOLLOWER_2, MASTER);
    cluster.awaitInSync();

    assertThat(cluster.master().add("first of a new log", 3).index()).isEqualTo(1);
    assertThat(cluster.master().health().get("log_id").asString()).isNotEqualTo(before);
  }

  private Reply adopt(String query) {
    return cluster
        .master()
        .post("/cluster/adopt" + query, "{}", "Cluster-Token", cluster.nodes().token());
  }

  private void emptyMaster() {
    cluster.nodes().kill(MASTER);
    cluster.nodes().wipe(MASTER);
    cluster.nodes().start(MASTER);
  }

  private void awaitReason(String words) {
    await()
        .atMost(TestCluster.LIMIT)
        .ignoreExceptionsInstanceOf(UncheckedIOException.class)
        .until(() -> cluster.master().health().get("reason").asString("").contains(words));
  }
}
