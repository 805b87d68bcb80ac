package io.replog.master.replicate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FullJitterTest {

  private final FullJitter jitter = new FullJitter(new SplittableRandom(1));

  @ParameterizedTest
  @CsvSource({"1,100", "2,200", "3,400", "6,3200", "7,5000", "8,5000", "2147483647,5000"})
  void waitsAnythingUpToABoundThatDoublesAndIsCapped(int failures, long boundMillis) {
    long bound = TimeUnit.MILLISECONDS.toNanos(boundMillis);

    long[] waits = LongStream.range(0, 2_000).map(_ -> jitter.delayNanos(failures)).toArray();

    assertThat(LongStream.of(waits)).allMatch(wait -> wait >= 1 && wait <= bound);
    assertThat(LongStream.of(waits).max().orElseThrow()).isGreaterThan(bound * 9 / 10);
    assertThat(LongStream.of(waits).min().orElseThrow()).isLessThan(bound / 10);
  }

  @Test
  void neverAsksForNoWaitAtAll() {
    assertThat(jitter.delayNanos(1)).isPositive();
  }
}
