package io.replog.replication.follower;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
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
    schedule.change(1_000, 0, 0, 100);
    schedule.arrive(2, 200);

    assertThat(schedule.release(1_099)).isZero();
    assertThat(schedule.release(1_100)).isEqualTo(1);
    assertThat(schedule.release(1_200)).isEqualTo(2);
  }

  @Test
  void releasesEverythingWhenTheDelayIsSwitchedOff() {
    schedule.arrive(1, 0);
    schedule.arrive(2, 10);

    schedule.change(0, 0, 0, 20);

    assertThat(schedule.release(20)).isEqualTo(2);
  }

  @Test
  void prolongsNothingThatWaits() {
    schedule.arrive(1, 0);

    schedule.change(9_000, 0, 0, 10);
    schedule.arrive(2, 20);

    assertThat(schedule.release(5_000)).isEqualTo(1);
    assertThat(schedule.nextDueNanos()).isEqualTo(9_020);
  }

  @Test
  void drawsEveryDelayWithinTheJitterAndKeepsTheOrder() {
    schedule.change(1_000, 400, 7, 0);
    List<Long> drawn = new ArrayList<>();
    long before = 0;

    for (int index = 1; index <= 1_000; index++) {
      schedule.arrive(index, 0);
      drawn.add(schedule.drawnNanos());
    }

    assertThat(drawn).allSatisfy(nanos -> assertThat(nanos).isBetween(600L, 1_400L));
    assertThat(drawn).anyMatch(nanos -> nanos < 800).anyMatch(nanos -> nanos > 1_200);
    for (long now = 600; now <= 1_400; now++) {
      long released = schedule.release(now);
      assertThat(released == 0 || released > before).isTrue();
      before = Math.max(before, released);
    }
    assertThat(before).isEqualTo(1_000);
  }

  @Test
  void drawsTheSameFromTheSameSeedAndOtherwiseFromAnother() {
    assertThat(drawn(7)).isEqualTo(drawn(7)).isNotEqualTo(drawn(8));
  }

  private static List<Long> drawn(long seed) {
    DelaySchedule schedule = new DelaySchedule(0);
    schedule.change(1_000, 1_500, seed, 0);
    return LongStream.rangeClosed(1, 100)
        .mapToObj(
            index -> {
              schedule.arrive(index, 0);
              return schedule.drawnNanos();
            })
        .toList();
  }
}
