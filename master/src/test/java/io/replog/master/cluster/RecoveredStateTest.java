package io.replog.master.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.log.Hole;
import io.replog.log.Recovery;
import io.replog.model.Position;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveredStateTest {

  private static final Hole MISSING = new Hole(4, 9, true, "0004.log", "it is missing");

  @Test
  void isUndamagedWhenNothingWasFound() {
    assertThat(RecoveredState.of(recovery(false, List.of()), null).damage()).isNull();
  }

  @Test
  void isDamagedWhenEntriesAreMissingWithoutATrace() {
    assertThat(RecoveredState.of(recovery(true, List.of(MISSING)), null).damage())
        .isEqualTo("it is missing");
  }

  @Test
  void isDamagedWhenAnEarlierStartHasFoundDamage() {
    assertThat(RecoveredState.of(recovery(true, List.of()), null).damage())
        .contains("an earlier start");
  }

  private static Recovery recovery(boolean doubtful, List<Hole> holes) {
    return new Recovery(
        Position.START,
        Position.START,
        0,
        null,
        "log",
        null,
        "dir",
        doubtful,
        0,
        List.of(),
        holes,
        true,
        0,
        0,
        Duration.ZERO);
  }
}
