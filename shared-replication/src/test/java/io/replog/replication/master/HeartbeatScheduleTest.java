package io.replog.replication.master;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeartbeatScheduleTest {

  private final HeartbeatSchedule schedule = new HeartbeatSchedule(500, 1_000);

  @Test
  void beatsAtOnceAndThenEveryInterval() {
    assertThat(schedule.isDue(1_000)).isTrue();
    assertThat(schedule.isDue(1_499)).isFalse();
    assertThat(schedule.isDue(1_510)).isTrue();
    assertThat(schedule.dueNanos()).isEqualTo(2_000);
  }

  @Test
  void makesUpForNothingAfterAPause() {
    schedule.isDue(1_000);

    assertThat(schedule.isDue(31_200)).isTrue();
    assertThat(schedule.dueNanos()).isEqualTo(31_700);
  }
}
