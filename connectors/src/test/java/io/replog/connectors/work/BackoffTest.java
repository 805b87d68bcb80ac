package io.replog.connectors.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  @ParameterizedTest
  @CsvSource({"1,1000", "2,2000", "5,16000", "6,30000", "1000000,30000"})
  void choosesAnyPartOfBoundThatDoublesUpToItsLimit(int failures, long boundMillis) {
    Backoff backoff = new Backoff(FIRST, LONGEST, new Random(7));

    List<Long> pauses =
        LongStream.range(0, 2_000).map(_ -> backoff.after(failures).toMillis()).boxed().toList();

    assertThat(pauses).allMatch(pause -> pause >= 0 && pause <= boundMillis);
    assertThat(pauses).anyMatch(pause -> pause < boundMillis / 10);
    assertThat(pauses).anyMatch(pause -> pause > boundMillis * 9 / 10);
  }
}
