package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.Replies;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A follower that hangs rather than dies: its port is open and nothing answers.
class PausedFollowerTest {

  private final TestCluster cluster = TestCluster.running("paused", settings -> settings);

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void costsOthersNothingAndIsMissedByHeartbeats() {
    long paused = System.nanoTime();
    cluster.nodes().pause(FOLLOWER_1);
    cluster.awaitStatus(FOLLOWER_1, "SUSPECTED");
    cluster.awaitStatus(FOLLOWER_1, "UNHEALTHY");
    Duration noticed = Duration.ofNanos(System.nanoTime() - paused);

    CompletableFuture<Reply> waiting = cluster.master().addLater("needs all", 3);
    cluster.awaitBlocked(1);
    Reply enough = cluster.master().add("needs two", 2);
    assertThat(waiting).isNotDone();
    cluster.nodes().unpause(FOLLOWER_1);
    long unpaused = System.nanoTime();
    Reply released = Replies.now(waiting);
    Duration release = Duration.ofNanos(System.nanoTime() - unpaused);

    assertThat(noticed).isLessThan(Duration.ofSeconds(5));
    assertThat(enough.status()).isEqualTo(200);
    assertThat(enough.elapsed()).isLessThan(Duration.ofSeconds(2));
    assertThat(released.status()).isEqualTo(200);
    assertThat(release).isLessThan(Duration.ofSeconds(3));
    cluster.awaitInSync();
    assertThat(cluster.follower1().texts()).isEqualTo(cluster.master().texts());
  }
}
