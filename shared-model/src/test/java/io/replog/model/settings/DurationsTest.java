package io.replog.model.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "0,PT0S",
    "250ms,PT0.25S",
    "5s,PT5S",
    "1.5s,PT1.5S",
    "0.000001ms,PT0.000000001S",
    "0.0000001ms,PT0S",
    "2m,PT2M",
    "1h,PT1H",
    "999999999h,PT999999999H",
  })
  void readsNumberAndUnit(String written, Duration duration) {
    assertThat(Durations.parse(written)).contains(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "00", "s", "-5s", "5 s", "5S", "1d", ".5s", "5.s", "1e3s", "٥s"})
  void refusesEverythingElse(String written) {
    assertThat(Durations.parse(written)).isEmpty();
  }
}
