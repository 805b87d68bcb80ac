package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replog.system.kit.Problems;
import io.replog.system.kit.Replies;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// With `QUORUM_APPEND=on` a master that sees no majority takes nothing, and turns writable by
/// itself.
class QuorumAppendTest {

  private final TestCluster cluster =
      TestCluster.running("quorum", settings -> settings.set("QUORUM_APPEND", "on"));

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void refusesWithoutMajorityAndComesBackByItself() {
    cluster.nodes().pause(FOLLOWER_1);
    cluster.awaitStatus(FOLLOWER_1, "UNHEALTHY");
    add("two are enough", 2);
    CompletableFuture<Reply> waiting = blockedAdd("waits");

    cluster.nodes().pause(FOLLOWER_2);
    awaitWritable(false);
    Reply refused = cluster.master().add("refused", 1);

    Problems.requireProblem(refused, 503);
    assertThat(refused.number("Retry-After")).isPositive();
    assertThat(refused.json().get("message").asString())
        .isEqualTo("no quorum: 1 of 3 nodes is reachable, the log is read-only");
    assertThat(cluster.master().get("/actuator/health/quorum").status()).isEqualTo(503);
    assertThat(cluster.master().get("/actuator/health/readiness").status()).isEqualTo(200);
    assertThat(waiting).isNotDone();

    cluster.nodes().unpause(FOLLOWER_1);
    cluster.nodes().unpause(FOLLOWER_2);
    awaitWritable(true);

    assertThat(Replies.now(waiting).status()).isEqualTo(200);
    add("writable again", 1);
    cluster.awaitInSync();
    for (String node : List.of(MASTER, FOLLOWER_1, FOLLOWER_2)) {
      assertThat(cluster.client(node).texts())
          .containsExactly("two are enough", "waits", "writable again");
    }
  }

  /// On a busy machine a heartbeat that is late may cost the majority for a moment.
  private void add(String text, int concern) {
    TestCluster.await(
        text + " is taken",
        () -> {
          Reply reply = cluster.master().add(text, concern);
          return reply.status() == 200 || requireNoQuorum(reply);
        });
  }

  private CompletableFuture<Reply> blockedAdd(String text) {
    AtomicReference<CompletableFuture<Reply>> blocked =
        new AtomicReference<>(cluster.master().addLater(text, 3));
    TestCluster.await(
        text + " is blocked",
        () -> {
          if (blocked.get().isDone()) {
            requireNoQuorum(Replies.now(blocked.get()));
            blocked.set(cluster.master().addLater(text, 3));
          }
          return cluster.master().health().get("blocked_writes").asInt() == 1;
        });
    return blocked.get();
  }

  /// @return that it is not in the log
  private static boolean requireNoQuorum(Reply refused) {
    Problems.requireProblem(refused, 503);
    assertThat(Problems.reason(refused)).isEqualTo("NO_QUORUM");
    return false;
  }

  private void awaitWritable(boolean wanted) {
    await()
        .atMost(TestCluster.LIMIT)
        .until(() -> cluster.master().health().get("writable").asBoolean() == wanted);
  }
}
