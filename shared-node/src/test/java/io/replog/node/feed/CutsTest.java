package io.replog.node.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.Feed;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutsTest {

  private static final Feed TEN = new Feed.EveryMessages(10);
  private static final Feed TEN_SECONDS = new Feed.EveryPeriod(Duration.ofSeconds(10));

  private final AtomicLong commitIndex = new AtomicLong();
  private final AtomicLong millis = new AtomicLong();
  private final Cuts cuts = new Cuts(commitIndex::get, () -> Instant.ofEpochMilli(millis.get()));

  @ParameterizedTest
  @CsvSource({"0, 0, 10", "9, 0, 10", "10, 10, 20", "11, 10, 20", "99, 90, 100"})
  void cutsAtMultiplesOfTheCount(long commit, long version, long next) {
    commitIndex.set(commit);

    assertThat(cuts.version(TEN)).isEqualTo(version);
    assertThat(Cuts.nextCut(TEN, commit)).isEqualTo(next);
  }

  @Test
  void showsAllWhoAreFedAlikeTheSameUntilTheNextBoundary() {
    millis.set(50_000);
    commitIndex.set(7);
    long first = cuts.version(TEN_SECONDS);

    commitIndex.set(20);
    millis.set(59_999);
    long sameBoundary = cuts.version(TEN_SECONDS);
    millis.set(60_000);
    long nextBoundary = cuts.version(TEN_SECONDS);

    assertThat(first).isEqualTo(7);
    assertThat(sameBoundary).isEqualTo(7);
    assertThat(nextBoundary).isEqualTo(20);
  }

  @Test
  void keepsPeriodsApart() {
    Feed second = new Feed.EveryPeriod(Duration.ofSeconds(1));
    commitIndex.set(5);
    cuts.version(TEN_SECONDS);
    cuts.version(second);

    millis.set(1_000);
    commitIndex.set(8);

    assertThat(cuts.version(second)).isEqualTo(8);
    assertThat(cuts.version(TEN_SECONDS)).isEqualTo(5);
  }

  @Test
  void goesOnWhenTheClockIsSetBack() {
    millis.set(1_000_000);
    commitIndex.set(5);
    cuts.version(TEN_SECONDS);

    millis.set(10_000);
    commitIndex.set(9);

    assertThat(cuts.version(TEN_SECONDS)).isEqualTo(9);
  }

  @Test
  void remembersABoundedNumberOfPeriods() {
    commitIndex.set(1);
    cuts.version(TEN_SECONDS);
    for (int other = 1; other <= 64; other++) {
      cuts.version(new Feed.EveryPeriod(Duration.ofMillis(100 + other)));
    }
    commitIndex.set(2);

    assertThat(cuts.version(TEN_SECONDS)).isEqualTo(2);
  }

  @Test
  void saysHowLongItTakesToTheBoundary() {
    millis.set(59_750);

    assertThat(cuts.untilBoundary(TEN_SECONDS)).isEqualTo(Duration.ofMillis(250));
  }
}
