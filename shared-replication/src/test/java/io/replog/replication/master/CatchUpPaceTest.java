package io.replog.replication.master;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CatchUpPaceTest {

  private static final long MILLISECOND = Duration.ofMillis(1).toNanos();

  private final CatchUpPace pace = new CatchUpPace();
  private long end;
  private long now;

  @BeforeEach
  void begins() {
    pace.begins(end, now);
  }

  @Test
  void restsForNobodyWhenNobodyWrites() {
    take(1_000, 0, 10);

    assertThat(pace.rests()).isFalse();
    assertThat(pace.restUntilNanos()).isEqualTo(now);
  }

  @Test
  void restsAsLongAsTheFollowerWasAtWork() {
    take(1_000, 10, 10);

    assertThat(pace.rests()).isTrue();
    assertThat(pace.restUntilNanos()).isEqualTo(now + 10 * MILLISECOND);
  }

  @Test
  void countsRestAsTimeOfTheWritersAndNotOfTheFollower() {
    now += 10 * MILLISECOND;
    take(1_000, 250, 10);

    assertThat(pace.restUntilNanos()).isEqualTo(now + 10 * MILLISECOND);
  }

  @Test
  void restsLessTheMoreIsWritten() {
    take(1_000, 125, 10);
    assertThat(pace.restUntilNanos()).isEqualTo(now + 10 * MILLISECOND);

    now = pace.restUntilNanos();
    take(1_000, 400, 10);
    assertThat(pace.restUntilNanos()).isEqualTo(now + 10 * MILLISECOND / 4);
  }

  @Test
  void doesNotRestWhereTheFollowerGetsAheadTooSlowly() {
    take(1_000, 250, 10);
    assertThat(pace.rests()).isFalse();

    take(1_000, 10_000, 10);
    assertThat(pace.rests()).isFalse();
    assertThat(pace.restUntilNanos()).isEqualTo(now);
  }

  @Test
  void boundsTheRest() {
    take(1_000_000, 1, 60_000);

    assertThat(pace.restUntilNanos()).isEqualTo(now + 250 * MILLISECOND);
  }

  @Test
  void knowsNothingOfTheTimeBefore() {
    take(1_000, 10, 10);
    end += 1_000;
    now += 5_000 * MILLISECOND;

    pace.begins(end, now);
    assertThat(pace.rests()).isFalse();
    take(1_000, 0, 10);

    assertThat(pace.rests()).isFalse();
  }

  @Test
  void bearsAnswersOfOneMoment() {
    take(1_000, 10, 0);
    assertThat(pace.restUntilNanos()).isEqualTo(now);

    take(1_000, 0, 0);
    assertThat(pace.restUntilNanos()).isEqualTo(now);
  }

  /// A batch leaves, and is taken after `millis`, in which so much was written.
  private void take(long entries, long written, long millis) {
    pace.batchBegins(now);
    now += millis * MILLISECOND;
    end += written;
    pace.took(entries, end, now);
  }
}
