package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.Best;
import io.replog.system.kit.Replies;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A follower that hangs rather than dies: its port is open and nothing answers.
class PausedFollowerTest {

  /// Three heartbeats of 500 ms, and as much again for a machine with other things to do. A call
  /// without a time limit of its own would be given up much later.
  private static final Duration NOTICED = Duration.ofSeconds(3);

  /// Below the 5 s that a retry may be away.
  private static final Duration RELEASED = Duration.ofSeconds(3);

  private final TestCluster cluster = TestCluster.running("paused", settings -> settings);

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void isMissedByThirdHeartbeat() {
    List<Duration> taken = Best.of(NOTICED, this::timeToNotice);

    assertThat(taken.getLast()).isLessThan(NOTICED);
    assertThat(cluster.lines(MASTER))
        .filteredOn(line -> line.contains("follower-1 SUSPECTED"))
        .isNotEmpty();
  }

  private Duration timeToNotice() {
    long paused = System.nanoTime();
    cluster.nodes().pause(FOLLOWER_1);
    cluster.awaitStatus(FOLLOWER_1, "UNHEALTHY");
    Duration noticed = since(paused);
    cluster.nodes().unpause(FOLLOWER_1);
    cluster.awaitStatus(FOLLOWER_1, "HEALTHY");
    return noticed;
  }

  @Test
  void costsOthersNothingAndReleasesAtOnce() {
    List<Duration> taken = Best.of(RELEASED, this::timeToRelease);

    assertThat(taken.getLast()).isLessThan(RELEASED);
    cluster.awaitInSync();
    assertThat(cluster.follower1().texts()).isEqualTo(cluster.master().texts());
  }

  private Duration timeToRelease() {
    cluster.nodes().pause(FOLLOWER_1);
    cluster.awaitStatus(FOLLOWER_1, "UNHEALTHY");
    CompletableFuture<Reply> waiting = cluster.master().addLater("needs all", 3);
    cluster.awaitBlocked(1);
    Reply enough = cluster.master().add("needs two", 2);
    assertThat(enough.status()).isEqualTo(200);
    assertThat(waiting).isNotDone();
    cluster.nodes().unpause(FOLLOWER_1);
    long unpaused = System.nanoTime();
    assertThat(Replies.now(waiting).status()).isEqualTo(200);
    return since(unpaused);
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
