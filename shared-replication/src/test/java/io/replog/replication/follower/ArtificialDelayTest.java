package io.replog.replication.follower;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.BatchTimes;
import io.replog.model.RefusalReason;
import io.replog.replication.MemoryLog;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ArtificialDelayTest {

  private final MemoryLog master = MemoryLog.of(1, 10);
  private final FollowerFixture follower = FollowerFixture.empty(Duration.ofSeconds(5));

  @Test
  void appendsEveryBatchItsDelayAfterItCame() {
    long first = follower.receives(master, 1, 1, 1);
    follower.passes(Duration.ofSeconds(1));
    long second = follower.receives(master, 2, 2, 1);

    follower.passes(Duration.ofMillis(3_999));
    assertThat(follower.log.texts()).isEmpty();
    follower.passes(Duration.ofMillis(1));
    assertThat(follower.isAccepted(first)).isTrue();
    assertThat(follower.answerTo(second)).isNull();
    follower.passes(Duration.ofSeconds(1));

    assertThat(follower.isAccepted(second)).isTrue();
  }

  @Test
  void neverDelaysAHeartbeat() {
    follower.receives(master, 1, 1, 1);

    assertThat(follower.isAccepted(follower.heartbeat(1, 1, 0))).isTrue();
  }

  @Test
  void letsACopyWaitWithTheFirst() {
    follower.receives(master, 1, 1, 1);
    follower.passes(Duration.ofSeconds(3));
    long copy = follower.receives(master, 1, 1, 1);

    follower.passes(Duration.ofSeconds(2));

    assertThat(follower.isAccepted(copy)).isTrue();
    assertThat(follower.log.texts()).containsExactly("m1");
  }

  @Test
  void releasesWhatWaitsWhenItIsSwitchedOff() {
    long call = follower.receives(master, 1, 1, 1);

    follower.step(new FollowerInput.DelayChanged(0));

    assertThat(follower.isAccepted(call)).isTrue();
    assertThat(follower.standing().delayMillis()).isZero();
  }

  @Test
  void dropsWhatWaitsUnacknowledgedWhenItStops() {
    long call = follower.receives(master, 1, 1, 1);

    follower.step(new FollowerInput.Stop());
    follower.passes(Duration.ofSeconds(10));

    assertThat(follower.refusalOf(call)).isEqualTo(RefusalReason.STOPPING);
    assertThat(follower.log.texts()).isEmpty();
  }

  @Test
  void delaysPlainMessagesToo() {
    long call = follower.plain("m1", 1);
    assertThat(follower.answerTo(call)).isNull();

    follower.passes(Duration.ofSeconds(5));

    assertThat(follower.isAccepted(call)).isTrue();
  }

  @Test
  void tellsHowLongABatchWasHeldUnlessItHeldNothingNew() {
    long first = follower.receives(master, 1, 1, 1);
    follower.passes(Duration.ofSeconds(5));
    long again = follower.receives(master, 1, 1, 1);

    BatchTimes times = follower.answerTo(first).standing().times();

    assertThat(times.heldMicros()).isEqualTo(5_000_000);
    assertThat(times.forcedMicros()).isZero();
    assertThat(follower.answerTo(again).standing().times()).isNull();
    assertThat(follower.standing().times()).isNull();
  }
}
