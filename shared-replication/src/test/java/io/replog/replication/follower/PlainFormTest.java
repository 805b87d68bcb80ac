package io.replog.replication.follower;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.RefusalReason;
import io.replog.replication.MemoryLog;
import org.junit.jupiter.api.Test;

class PlainFormTest {

  private final FollowerFixture follower = FollowerFixture.empty();

  @Test
  void appendsTheNextMessage() {
    assertThat(follower.isAccepted(follower.plain("m1", 1))).isTrue();
    assertThat(follower.isAccepted(follower.plain("m2", 2))).isTrue();

    assertThat(follower.log.texts()).containsExactly("m1", "m2");
    assertThat(follower.standing().logId()).isEqualTo("new-log");
  }

  @Test
  void holdsWhatIsAheadAndShowsItWhenTheGapCloses() {
    follower.plain("m1", 1);
    assertThat(follower.isHeld(follower.plain("m4", 4))).isTrue();
    assertThat(follower.isHeld(follower.plain("m3", 3))).isTrue();
    assertThat(follower.log.texts()).containsExactly("m1");

    follower.plain("m2", 2);

    assertThat(follower.log.texts()).containsExactly("m1", "m2", "m3", "m4");
  }

  @Test
  void takesTheSameTextTwiceForOne() {
    follower.plain("m1", 1);
    follower.plain("m3", 3);

    assertThat(follower.isAccepted(follower.plain("m1", 1))).isTrue();
    assertThat(follower.isHeld(follower.plain("m3", 3))).isTrue();
    assertThat(follower.log.texts()).containsExactly("m1");
  }

  @Test
  void refusesAnotherTextWithoutAFault() {
    follower.plain("m1", 1);
    follower.plain("m3", 3);

    assertThat(follower.refusalOf(follower.plain("x", 1))).isEqualTo(RefusalReason.DIVERGED);
    assertThat(follower.refusalOf(follower.plain("x", 3))).isEqualTo(RefusalReason.DIVERGED);
    assertThat(follower.standing().fault()).isNull();
  }

  @Test
  void holdsNoMoreThanItsBound() {
    for (int i = 0; i < FollowerFixture.MAX_HELD_ENTRIES; i++) {
      follower.plain("m", 10 + i);
    }

    assertThat(follower.refusalOf(follower.plain("m", 99))).isEqualTo(RefusalReason.GAP);
  }

  @Test
  void appendsNothingOnAClaimedFollower() {
    follower.receives(MemoryLog.of(1, 1), 1, 1, 1);

    assertThat(follower.refusalOf(follower.plain("m2", 2))).isEqualTo(RefusalReason.OTHER_WRITER);
    assertThat(follower.log.texts()).containsExactly("m1");
  }

  @Test
  void keepsWhatHandsHavePutWhenAMasterComes() {
    follower.plain("m1", 1);

    assertThat(follower.refusalOf(follower.receives(MemoryLog.of(1, 1), 1, 1, 1)))
        .isEqualTo(RefusalReason.OTHER_LOG);
    assertThat(follower.log.texts()).containsExactly("m1");
  }

  @Test
  void obeysAMasterWhileItOnlyHoldsWhatIsAhead() {
    MemoryLog master = MemoryLog.of(1, 3);
    assertThat(follower.isHeld(follower.plain("x", 2))).isTrue();
    assertThat(follower.standing().logId()).isNull();

    assertThat(follower.isAccepted(follower.receives(master, 1, 3, 1))).isTrue();

    assertThat(follower.log.texts()).isEqualTo(master.texts());
    assertThat(follower.core.view(follower.now).heldEntries()).isZero();
  }
}
