package io.replog.replication.master;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GatheringTest {

  private static final long NOW = 7_000_000_000L;
  private static final long TWO_MILLISECONDS = 2_000_000;
  private static final long AT_ONCE = Long.MIN_VALUE;

  private final Gathering gathering = new Gathering();

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
  void waitsUntilTwoThirdsAreThereAgain() {
    gathering.acknowledged(30);

    assertThat(gathering.untilNanos(19, NOW)).isEqualTo(NOW + TWO_MILLISECONDS);
    assertThat(gathering.untilNanos(20, NOW)).isEqualTo(AT_ONCE);
  }

  @Test
  void forgetsThoseWhoDidNotComeAgain() {
    gathering.acknowledged(30);
    gathering.acknowledged(3);

    assertThat(gathering.untilNanos(2, NOW)).isEqualTo(AT_ONCE);
  }
}
