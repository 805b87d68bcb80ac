package io.replog.replication.follower;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DelayScheduleTest {

  private final DelaySchedule schedule = new DelaySchedule(5_000);

  @Test
  void delaysEveryArrivalByAsMuchAndNotOneBehindTheOther() {
    schedule.arrive(1, 0);
    schedule.arrive(2, 10);

    assertThat(schedule.release(4_999)).isZero();
    assertThat(schedule.release(5_000)).isEqualTo(1);
    assertThat(schedule.release(5_010)).isEqualTo(2);
    assertThat(schedule.nextDueNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void keepsTheOrderWhenTheDelayShrinks() {
    schedule.arrive(1, 0);
    schedule.change(1_000, 100);
    schedule.arrive(2, 200);

    assertThat(schedule.release(1_099)).isZero();
    assertThat(schedule.release(1_100)).isEqualTo(1);
    assertThat(schedule.release(1_200)).isEqualTo(2);
  }

  @Test
  void releasesEverythingWhenTheDelayIsSwitchedOff() {
    schedule.arrive(1, 0);
    schedule.arrive(2, 10);

    schedule.change(0, 20);

    assertThat(schedule.release(20)).isEqualTo(2);
  }

  @Test
  void prolongsNothingThatWaits() {
    schedule.arrive(1, 0);

    schedule.change(9_000, 10);
    schedule.arrive(2, 20);

    assertThat(schedule.release(5_000)).isEqualTo(1);
    assertThat(schedule.nextDueNanos()).isEqualTo(9_020);
  }
}
