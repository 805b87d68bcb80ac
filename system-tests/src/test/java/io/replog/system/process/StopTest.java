package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.Problems;
import io.replog.system.kit.Replies;
import io.replog.system.kit.Reply;
import io.replog.system.kit.Tail;
import io.replog.system.kit.TestCluster;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// SIGTERM: whoever waits gets an honest answer, and the process is gone within five seconds.
/// `-Dlong=true` has a thousand wait.
class StopTest {

  private static final int CALLS = Boolean.getBoolean("long") ? 1_000 : 100;
  private static final Duration GONE = Duration.ofSeconds(5);

  private final TestCluster cluster =
      TestCluster.running("stop", settings -> settings.delay(1, "1s"));

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void answersEveryBlockedCallAndIsGone() {
    cluster.nodes().kill(FOLLOWER_2);
    cluster.master().add("keyed", 2, "Idempotency-Key", "before-the-stop");
    List<CompletableFuture<Reply>> blocked = Replies.addMany(cluster.master(), "b", CALLS, 3);
    cluster.awaitBlocked(CALLS);

    try (Tail tail = Tail.open(cluster.master(), "/messages")) {
      Duration master = timeToStop(MASTER);
      List<Reply> replies = Replies.now(blocked);

      assertThat(master).isLessThan(GONE);
      assertThat(replies).allSatisfy(StopTest::requireStoppingReceipt);
      TestCluster.await("the tail ends", tail::hasEnded);
    }
    assertThat(cluster.nodes().exitCode(MASTER).orElseThrow()).isIn(0, 143);
    assertThat(timeToStop(FOLLOWER_1)).isLessThan(GONE);

    cluster.start(FOLLOWER_1, FOLLOWER_2, MASTER);
    cluster.awaitInSync();
    Reply repeated = cluster.master().add("keyed", 3, "Idempotency-Key", "before-the-stop");

    assertThat(repeated.header("Idempotent-Replay")).isEqualTo("true");
    assertThat(repeated.index()).isEqualTo(1);
    assertThat(cluster.follower2().texts())
        .hasSize(CALLS + 1)
        .doesNotHaveDuplicates()
        .isEqualTo(cluster.master().texts());
  }

  private Duration timeToStop(String node) {
    long start = System.nanoTime();
    assertThat(cluster.nodes().stop(node)).isTrue();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static void requireStoppingReceipt(Reply reply) {
    Problems.requireProblem(reply, 504);
    assertThat(reply.data().get("reason").asString()).isEqualTo("STOPPING");
    assertThat(reply.data().get("index").asLong()).isPositive();
    assertThat(reply.data().get("write_concern").asInt()).isEqualTo(3);
  }
}
