package io.replog.replication.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.replication.master.MasterFixture.FakeFollower;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// When batches leave that hold less than they could.
class SmallBatchesTest {

  private final MasterFixture master =
      MasterFixture.serving(settings -> MasterFixture.bounded(settings, 10_000, 4), "f1");
  private final FakeFollower follower = master.follower("f1");

  @Test
  void letsMessagesGatherWhileASmallBatchIsOnItsWay() {
    master.add("m1", 1);
    int before = follower.sent();

    master.add("m2", 1);
    master.add("m3", 1);
    assertThat(follower.sent()).isEqualTo(before);
    follower.acknowledges(1);

    assertThat(follower.sent() - before).isEqualTo(1);
    assertThat(follower.lastSend().previous().index()).isEqualTo(1);
    assertThat(follower.lastSend().upTo()).isEqualTo(3);
  }

  @Test
  void waitsForHalfOfThoseWhoWroteBeforeOrTwoMilliseconds() {
    addAtOnce(4);
    follower.acknowledges(1);
    int before = follower.sent();
    follower.acknowledges(4);

    master.add("m5", 1);
    assertThat(follower.sent()).as("one of two is there").isEqualTo(before);
    master.add("m6", 1);
    assertThat(follower.sent()).as("both are there").isEqualTo(before + 1);
    addAtOnce(2);
    follower.acknowledges(6);
    assertThat(follower.sent()).as("half of four is there").isEqualTo(before + 2);
  }

  @Test
  void waitsTwoMillisecondsForThoseWhoDoNotComeAgain() {
    addAtOnce(4);
    follower.acknowledges(1);
    follower.acknowledges(4);
    int before = follower.sent();
    master.add("m5", 1);

    master.passes(Duration.ofMillis(1));
    assertThat(follower.sent()).isEqualTo(before);
    master.passes(Duration.ofMillis(1));

    assertThat(follower.sent()).isEqualTo(before + 1);
    assertThat(follower.lastSend().upTo()).isEqualTo(5);
  }

  @Test
  void waitsForNobodyBehindALargeBatch() {
    addAtOnce(4);
    follower.acknowledges(1);
    follower.acknowledges(4);
    follower.batchBytes = 100_000;
    addAtOnce(2);
    int before = follower.sent();

    master.add("m7", 1);

    assertThat(follower.sent()).isEqualTo(before + 1);
  }

  private void addAtOnce(int count) {
    for (int i = 0; i < count; i++) {
      master.add("at once", 1);
    }
  }

  @Test
  void sendsAFullBatchWithoutWaitingForTheSmallOneBefore() {
    master.add("m1", 1);
    int before = follower.sent();

    for (int i = 2; i <= 5; i++) {
      master.add("m" + i, 1);
    }

    assertThat(follower.sent() - before).isEqualTo(1);
    assertThat(follower.lastSend().upTo()).isEqualTo(5);
  }
}
