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

  @Test
  void restsBehindEachBatchWhileOthersWrite() {
    fallsBehind(1_000);
    int before = f1.sent();

    for (int batch = 1; batch <= WINDOW; batch++) {
      write();
      takesNext();
    }
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
    takesNext();

    assertThat(f1.sent()).isEqualTo(before + 2);
  }

  @Test
  void hurriesForACallThatNeedsIt() {
    fallsBehind(1_000);
    int before = f1.sent();
    long waiting = addHeldByTheOther(3);

    write();
    takesNext();

    assertThat(master.isMet(waiting)).isFalse();
    assertThat(f1.sent()).isEqualTo(before + 1);
  }

  @Test
  void hurriesWhenTheOtherFollowerIsAway() {
    fallsBehind(1_000);
    int before = f1.sent();
    master.add("needs one of them", 2);
    f2.failsSend();

    takesNext();

    assertThat(f1.sent()).isEqualTo(before + 1);
  }

  @Test
  void hurriesOnTheLastPart() {
    fallsBehind(WINDOW * BATCH + FAR);
    int before = f1.sent();

    takesNext();

    assertThat(f1.sent()).isEqualTo(before + 1);
  }

  @Test
  void catchesUpWhileOthersWrite() {
    fallsBehind(1_000);

    for (int batch = 0; batch < 100 && f1.position.index() < last; batch++) {
      write();
      takesNext();
      master.passes(WORK);
    }

    assertThat(f1.position.index()).isEqualTo(last);
    assertThat(master.viewOf("f1").lag()).isZero();
  }

  private void fallsBehind(int messages) {
    write();
    f1.failsSend();
    for (int i = 1; i < messages; i++) {
      write();
    }
    master.passes(Duration.ofSeconds(1));
    f2.answersHeartbeat();
    f1.acknowledgesProbe();
  }

  private void write() {
    assertThat(master.isMet(addHeldByTheOther(2))).isTrue();
  }

  private long addHeldByTheOther(int nodes) {
    long add = master.add("m", nodes);
    f2.acknowledges(++last);
    return add;
  }

  /// The follower takes the oldest batch that is on its way.
  private void takesNext() {
    master.passes(WORK);
    f1.acknowledges(Math.min(f1.position.index() + BATCH, last));
  }
}
