package io.replog.system.power;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.Position;
import org.junit.jupiter.api.Test;

/// What a log has reported is compared with what it found.
class ReportedTest {

  private static final Position SEVENTH = new Position(7, 2, 77);
  private static final Position NINTH = new Position(9, 2, 99);

  private final Reported reported = new Reported(SEVENTH, 2, 5);

  @Test
  void acceptsWhatGoesOnFromThere() {
    assertThat(reported.lostIn(new Found(NINTH, SEVENTH, 2, 6, 300, 0))).isEmpty();
  }

  @Test
  void findsLogThatEndsBefore() {
    assertThat(reported.lostIn(new Found(new Position(6, 2, 66), Position.START, 2, 5, 0, 0)))
        .isPresent();
  }

  @Test
  void findsOtherEntriesAtTheIndex() {
    assertThat(reported.lostIn(new Found(NINTH, new Position(7, 2, 78), 2, 5, 0, 0))).isPresent();
  }

  @Test
  void findsPromiseThatIsForgotten() {
    assertThat(reported.lostIn(new Found(NINTH, SEVENTH, 1, 5, 0, 0))).isPresent();
  }

  @Test
  void findsCommitIndexThatFell() {
    assertThat(reported.lostIn(new Found(NINTH, SEVENTH, 2, 4, 0, 0))).isPresent();
  }

  @Test
  void findsDamage() {
    assertThat(reported.lostIn(new Found(NINTH, SEVENTH, 2, 5, 0, 1))).isPresent();
  }
}
