package io.replog.system.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class BestTest {

  private static final Duration QUICK = Duration.ofSeconds(1);
  private static final Duration BOUND = Duration.ofSeconds(2);
  private static final Duration SLOW = Duration.ofSeconds(3);

  @Test
  void takesFirstAttemptThatIsQuick() {
    Iterator<Duration> attempts = List.of(SLOW, QUICK, QUICK).iterator();

    assertThat(Best.of(BOUND, attempts::next)).containsExactly(SLOW, QUICK);
  }

  @Test
  void givesUpOnWhatIsSlowEachTime() {
    assertThat(Best.of(BOUND, () -> SLOW)).containsExactly(SLOW, SLOW, SLOW, SLOW, SLOW);
  }

  @Test
  void endsWithFirstAttemptThatComesOutWell() {
    Iterator<Boolean> attempts = List.of(false, true, false).iterator();

    assertThat(Best.any(attempts::next)).isTrue();
    assertThat(attempts.next()).isFalse();
    assertThat(Best.any(() -> false)).isFalse();
  }
}
