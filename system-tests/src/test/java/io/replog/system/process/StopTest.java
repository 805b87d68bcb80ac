package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.Best;
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

  /// The node gave its ordered stop up, on a machine that had other things to do.
  private static final int SLOW_STOP = 75;

  private final TestCluster cluster =
      TestCluster.running("stop", settings -> settings.delay(1, "1s"));

  private int attempts;

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void answersEveryBlockedCallAndIsGone() {
    cluster.master().add("keyed", 2, "Idempotency-Key", "before-the-stop");

    assertThat(Best.any(this::masterEndsInOrder)).as("the master is gone in time").isTrue();
    assertThat(Best.of(GONE, this::timeToStopFollower).getLast()).isLessThan(GONE);
    Reply repeated = cluster.master().add("keyed", 3, "Idempotency-Key", "before-the-stop");

    assertThat(repeated.header("Idempotent-Replay")).isEqualTo("true");
    assertThat(repeated.index()).isEqualTo(1);
    assertThat(cluster.follower2().texts())
        .doesNotHaveDuplicates()
        .isEqualTo(cluster.master().texts())
        .filteredOn(text -> text.startsWith(prefix()))
        .hasSize(CALLS);
  }

  /// All nodes run before it, and after it.
  private boolean masterEndsInOrder() {
    attempts++;
    cluster.nodes().kill(FOLLOWER_2);
    List<CompletableFuture<Reply>> blocked = Replies.addMany(cluster.master(), prefix(), CALLS, 3);
    cluster.awaitBlocked(CALLS);
    boolean inTime;
    try (Tail tail = Tail.open(cluster.master(), "/messages")) {
      inTime = timeToStop(MASTER).compareTo(GONE) < 0 && exitCode() != SLOW_STOP;
      if (inTime) {
        assertThat(Replies.now(blocked)).allSatisfy(StopTest::requireStoppingReceipt);
        TestCluster.await("the tail ends", tail::hasEnded);
        assertThat(exitCode()).isIn(0, 143);
      }
    }
    cluster.start(FOLLOWER_2, MASTER);
    cluster.awaitInSync();
    return inTime;
  }

  private String prefix() {
    return "attempt %d: ".formatted(attempts);
  }

  private int exitCode() {
    return cluster.nodes().exitCode(MASTER).orElseThrow();
  }

  private Duration timeToStopFollower() {
    Duration time = timeToStop(FOLLOWER_1);
    cluster.start(FOLLOWER_1);
    cluster.awaitInSync();
    return time;
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
