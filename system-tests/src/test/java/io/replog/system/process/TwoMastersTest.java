package io.replog.system.process;

import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.Problems;
import io.replog.system.kit.Replies;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Somebody starts a second master over the same followers: one log goes on, the other master is
/// told to be silent, and says so.
class TwoMastersTest {

  private final TestCluster cluster = TestCluster.running("two-masters", settings -> settings);
  private final TestCluster other = cluster.rival();

  @AfterEach
  void stopClusters() {
    other.close();
    cluster.close();
  }

  @Test
  void refusesOtherLog() {
    cluster.master().add("m1", 3);
    other.nodes().set(MASTER, "BOOTSTRAP", "alone");

    other.nodes().start(MASTER);
    other.awaitWritable();
    Reply elsewhere = addShortly(other, "of another log", 2);

    assertThat(elsewhere.status()).isEqualTo(504);
    assertThat(cluster.master().add("m2", 3).index()).isEqualTo(2);
    assertThat(cluster.follower1().texts()).containsExactly("m1", "m2");
    assertThat(cluster.follower2().texts()).containsExactly("m1", "m2");
  }

  @Test
  void waitsReadOnlyWithEmptyDirectory() {
    cluster.master().add("m1", 3);

    other.nodes().start(MASTER);
    TestCluster.await(
        "it asks for an adoption",
        () -> other.master().health().get("reason").asString("").contains("adopt"));

    Problems.requireProblem(other.master().add("too early", 1), 503);
    assertThat(cluster.master().add("m2", 3).index()).isEqualTo(2);
  }

  @Test
  void fencesOlderEpochAndItsPausedWrites() {
    cluster.master().add("m1", 3);
    other.copyMasterOf(cluster);
    cluster.nodes().pause(MASTER);
    List<CompletableFuture<Reply>> late = Replies.addMany(cluster.master(), "late ", 5, 2);

    other.nodes().start(MASTER);
    other.awaitWritable();
    TestCluster.await(
        "the second has taken over", () -> addShortly(other, "of the second", 3).status() == 200);
    cluster.nodes().unpause(MASTER);

    assertThat(Replies.now(late)).noneMatch(reply -> reply.status() == 200);
    TestCluster.await(
        "the first is fenced", () -> !cluster.master().health().get("writable").asBoolean());
    Reply refused = cluster.master().add("after", 1);
    Problems.requireProblem(refused, 503);
    assertThat(Problems.reason(refused)).isEqualTo("FENCED");
    assertThat(cluster.follower1().texts())
        .isEqualTo(other.master().texts())
        .noneMatch(text -> text.startsWith("late"));
  }

  private static Reply addShortly(TestCluster cluster, String text, int concern) {
    return cluster
        .master()
        .post(
            "/add",
            "{\"data\":\"%s\",\"write_concern\":%d,\"timeout_ms\":2000}".formatted(text, concern));
  }
}
