package io.replog.replication.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.replication.master.MasterFixture.FakeFollower;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A follower that is far behind leaves the machine to the writers, unless one of them waits for
/// it.
class PacedCatchUpTest {

  private static final int FAR = 100;
  private static final int BATCH = 50;
  private static final int WINDOW = 4;
  private static final Duration WORK = Duration.ofMillis(10);

  private final MasterFixture master =
      MasterFixture.serving(settings -> MasterFixture.bounded(settings, FAR, BATCH), "f1", "f2");
  private final FakeFollower f1 = master.follower("f1");
  private final FakeFollower f2 = master.follower("f2");
  private long last;

  /// Place among those sent to the follower that is looked at, behind its probe.
  private int firstBatch;

  @Test
  void restsBehindEachBatchWhileOthersWrite() {
    fallsBehind(1_000);
    int before = f1.sent();

    rests();
    assertThat(f1.sent()).isEqualTo(before);
    master.passes(WORK.minusMillis(1));
    assertThat(f1.sent()).isEqualTo(before);
    master.passes(Duration.ofMillis(1));

    assertThat(f1.sent()).isEqualTo(before + 1);
  }

  @Test
  void keepsItsWindowFullWhenNobodyWrites() {
    fallsBehind(1_000);
    int before = f1.sent();

    takesNext();
    assertThat(f1.sent()).isEqualTo(before + 1);
    takesNext();

    assertThat(f1.sent()).isEqualTo(before + 2);
  }

  @Test
  void hurriesForACallThatNeedsIt() {
    fallsBehind(1_000);
    int before = f1.sent();
    long waiting = addHeldByTheOther(3);

    takesNext();

    assertThat(master.isMet(waiting)).isFalse();
    assertThat(f1.sent()).isEqualTo(before + 1);
  }

  @Test
  void endsItsRestForAReaderThatNeedsIt() {
    fallsBehind(1_000);
    rests();
    int before = f1.sent();

    master.waitForAcks(last, 3, Duration.ofSeconds(1));
    master.passes(Duration.ZERO);

    assertThat(f1.sent()).isEqualTo(before + WINDOW);
  }

  @Test
  void hurriesWhereTheMajorityNeedsItThoughNobodyWaits() {
    fallsBehind(1_000);
    int before = f1.sent();
    master.add("is not held by the other", 1);
    last++;
    f2.failsSend();

    takesNext();

    assertThat(f1.sent()).isEqualTo(before + 1);
  }

  @Test
  void hurriesWhereItHasLostWhatWasPromised() {
    for (int i = 0; i < 1_000; i++) {
      write();
    }
    long promised = addHeldByTheOther(3);
    f1.acknowledges(last);
    assertThat(master.isMet(promised)).isTrue();
    f1.isWiped();
    fallsBehind(1);

    assertThat(sentWhileOthersWrite(f1)).isEqualTo(1);
  }

  @Test
  void hurriesWhileItJoins() {
    for (int i = 0; i < 1_000; i++) {
      write();
      f1.acknowledges(last);
    }
    master.join(MasterFixture.member("f3"), Duration.ofMinutes(1));
    FakeFollower f3 = master.follower("f3");
    master.passes(Duration.ofSeconds(1));
    f3.answersHeartbeat();
    begins(f3);

    assertThat(sentWhileOthersWrite(f3)).isEqualTo(1);
  }

  @Test
  void keepsItsLargerWindowFullWithADelay() {
    f1.delay = Duration.ofSeconds(5);
    f1.answersHeartbeat();
    fallsBehind(1_000);

    assertThat(sentWhileOthersWrite(f1)).isPositive();
  }

  @Test
  void hurriesOnTheLastPart() {
    fallsBehind(WINDOW * BATCH + FAR - 1);

    assertThat(sentWhileOthersWrite(f1)).isEqualTo(1);
  }

  @Test
  void catchesUpWhileOthersWrite() {
    fallsBehind(1_000);

    for (int batch = 0; batch < 100; batch++) {
      write();
      takesNext();
    }
    takesNext();

    assertThat(f1.position.index()).isEqualTo(last);
    assertThat(master.viewOf("f1").lag()).isZero();
  }

  private void rests() {
    for (int batch = 0; batch < WINDOW; batch++) {
      write();
      takesNext();
    }
  }

  private void fallsBehind(int messages) {
    write();
    f1.failsSend();
    for (int i = 1; i < messages; i++) {
      write();
    }
    master.passes(Duration.ofSeconds(1));
    f2.answersHeartbeat();
    begins(f1);
  }

  /// The follower says where it stands, and is sent the first batches behind that.
  private void begins(FakeFollower follower) {
    firstBatch = follower.sent();
    follower.acknowledgesProbe();
  }

  private void write() {
    assertThat(master.isMet(addHeldByTheOther(2))).isTrue();
  }

  private long addHeldByTheOther(int nodes) {
    long add = master.add("m", nodes);
    f2.acknowledges(++last);
    return add;
  }

  /// @return how many batches the follower is sent when it takes one
  private int sentWhileOthersWrite(FakeFollower follower) {
    int before = follower.sent();
    write();
    takesNext(follower);
    return follower.sent() - before;
  }

  private void takesNext() {
    takesNext(f1);
  }

  /// After a while the follower takes the oldest batch that is on its way, if there is one.
  private void takesNext(FakeFollower follower) {
    master.passes(WORK);
    follower.sends.stream()
        .skip(firstBatch)
        .mapToLong(send -> Math.min(send.upTo(), send.previous().index() + BATCH))
        .filter(end -> end > follower.position.index())
        .min()
        .ifPresent(follower::acknowledges);
  }
}
