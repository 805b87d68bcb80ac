package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.Best;
import io.replog.system.kit.TestCluster;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// How long a follower can be silent before the master calls it unhealthy: by the master's own
/// clock, so that a slow look at it does not count.
class DeadFollowerTest {

  /// Three heartbeats of 500 ms, and one more for the answer before the first missed one and for a
  /// busy machine.
  private static final Duration FOUR_HEARTBEATS = Duration.ofMillis(2_000);

  private final TestCluster cluster = TestCluster.running("dead-follower", settings -> settings);

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void isNoticedBeforeTheFourthHeartbeat() {
    List<Duration> silence = Best.of(FOUR_HEARTBEATS, this::longestSilence);

    assertThat(silence.getLast()).isLessThan(FOUR_HEARTBEATS);
  }

  private Duration longestSilence() {
    AtomicLong longest = new AtomicLong();
    cluster.nodes().kill(FOLLOWER_1);
    TestCluster.await("follower-1 UNHEALTHY", () -> isNoticed(longest));
    cluster.start(FOLLOWER_1);
    cluster.awaitInSync();
    return Duration.ofMillis(longest.get());
  }

  /// Looks once; keeps how long the follower had been silent while nobody had noticed.
  private boolean isNoticed(AtomicLong longest) {
    JsonNode follower = cluster.master().healthOf(FOLLOWER_1);
    if (follower.get("status").asString().equals("UNHEALTHY")) {
      return true;
    }
    longest.accumulateAndGet(follower.get("last_contact_ms").asLong(), Math::max);
    return false;
  }
}
