package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replog.system.kit.Json;
import io.replog.system.kit.Problems;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The form of `/replicate` for hands and scripts, on a follower that no master has claimed.
class PlainReplicateTest {

  private final TestCluster cluster =
      TestCluster.laidOut("plain-replicate", settings -> settings.followers(1));

  @BeforeEach
  void startFollowerAlone() {
    cluster.start(FOLLOWER_1);
  }

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void holdsWhatIsAheadOfGapAndIsMetByMaster() {
    assertThat(send("m1", 1).status()).isEqualTo(200);
    assertThat(send("m2", 2).status()).isEqualTo(200);
    assertThat(send("m4", 4).status()).isEqualTo(202);
    assertThat(send("m5", 5).status()).isEqualTo(202);
    assertThat(cluster.follower1().texts()).containsExactly("m1", "m2");

    assertThat(send("m3", 3).status()).isEqualTo(200);
    cluster.awaitTexts(FOLLOWER_1, List.of("m1", "m2", "m3", "m4", "m5"));
    assertThat(send("m3", 3).status()).isEqualTo(200);
    Reply other = send("not m3", 3);
    Problems.requireProblem(other, 409);
    for (int index : new int[] {0, -1}) {
      Problems.requireProblem(send("nowhere", index), 400);
    }
    assertThat(cluster.follower1().texts()).containsExactly("m1", "m2", "m3", "m4", "m5");

    keepsItAgainstMasterThatLacksIt();
  }

  /// A master without a log finds that its follower holds entries: it begins none of its own.
  private void keepsItAgainstMasterThatLacksIt() {
    cluster.nodes().startWithoutWaiting(MASTER);
    await()
        .atMost(TestCluster.LIMIT)
        .ignoreExceptionsInstanceOf(UncheckedIOException.class)
        .until(() -> cluster.master().health().get("reason").asString("").contains("adopt"));

    Reply refused = cluster.master().add("too early", 1);
    JsonNode health = cluster.master().health();

    Problems.requireProblem(refused, 503);
    assertThat(refused.number("Retry-After")).isPositive();
    assertThat(health.get("writable").asBoolean()).isFalse();
    assertThat(cluster.follower1().texts()).containsExactly("m1", "m2", "m3", "m4", "m5");
  }

  private Reply send(String text, int sequenceId) {
    return cluster
        .follower1()
        .post(
            "/replicate",
            "{\"data\":{\"text\":%s,\"sequence_id\":%d}}".formatted(Json.write(text), sequenceId),
            "Cluster-Token",
            cluster.nodes().token());
  }
}
