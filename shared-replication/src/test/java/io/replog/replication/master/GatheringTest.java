package io.replog.replication.master;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GatheringTest {

  private static final long NOW = 7_000_000_000L;
  private static final long TWO_MILLISECONDS = 2_000_000;
  private static final long FULL = 100;
  private static final long AT_ONCE = Long.MIN_VALUE;

  private final Gathering gathering = new Gathering(FULL);

  @Test
  void letsTheFirstGoAtOnce() {
    assertThat(gathering.untilNanos(1, NOW)).isEqualTo(AT_ONCE);
  }

  @Test
  void letsACallerWhoIsAloneWaitForNobody() {
    gathering.acknowledged(1);

    assertThat(gathering.untilNanos(1, NOW)).isEqualTo(AT_ONCE);
  }

  @Test
  void waitsUntilHalfAreThereAgain() {
    gathering.acknowledged(30);

    assertThat(gathering.untilNanos(14, NOW)).isEqualTo(NOW + TWO_MILLISECONDS);
    assertThat(gathering.untilNanos(15, NOW)).isEqualTo(AT_ONCE);
  }

  /// A batch and what came while it was on its way: as much again is there already.
  @Test
  void holdsASteadyStreamUpForNothing() {
    gathering.acknowledged(10 + 10);

    assertThat(gathering.untilNanos(10, NOW)).isEqualTo(AT_ONCE);
  }

  @Test
  void letsTheEndOfManyGoAtOnce() {
    gathering.acknowledged(FULL + 1);

    assertThat(gathering.untilNanos(1, NOW)).isEqualTo(AT_ONCE);
  }

  @Test
  void letsTheFirstGoAtOnceWhereItBeginsAgain() {
    gathering.acknowledged(30);
    gathering.begins();

    assertThat(gathering.untilNanos(1, NOW)).isEqualTo(AT_ONCE);
  }

  @Test
  void forgetsThoseWhoDidNotComeAgain() {
    gathering.acknowledged(30);
    gathering.acknowledged(4);

    assertThat(gathering.untilNanos(2, NOW)).isEqualTo(AT_ONCE);
  }
}
