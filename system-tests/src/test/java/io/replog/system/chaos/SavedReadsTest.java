package io.replog.system.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.history.FinalLog;
import io.replog.system.history.FinalLog.Line;
import io.replog.system.history.Sight;
import io.replog.system.history.Sight.Asked;
import io.replog.system.history.Sight.Kind;
import io.replog.system.history.Sight.Shower;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SavedReadsTest {

  private static final List<Line> LOG =
      List.of(new Line(1, 1, "a"), new Line(2, 1, "b"), new Line(3, 1, "c"));

  private final SavedReads reads = new SavedReads(List.of(new FinalLog("master", LOG)));

  @Test
  void leavesOutTextsOfTheLog() {
    assertThat(reads.shortened(read(2, "b", "c")))
        .containsEntry("texts", 2)
        .containsEntry("first_index", 2L)
        .containsEntry("disk", 1)
        .doesNotContainKeys("differs_from", "other_texts");
  }

  @Test
  void keepsEveryTextFromTheFirstForeignOneOn() {
    assertThat(reads.shortened(read(1, "a", "x", "c", "d")))
        .containsEntry("differs_from", 2L)
        .containsEntry("other_texts", List.of("x", "c", "d"));
  }

  @Test
  void keepsTextsOfBoundedNumberOfReads() {
    for (int number = 0; number < 200; number++) {
      assertThat(reads.shortened(read(1, "x"))).containsKey("other_texts");
    }

    Map<String, Object> further = reads.shortened(read(1, "x"));

    assertThat(further).containsEntry("differs_from", 1L).doesNotContainKey("other_texts");
  }

  private static Sight read(long first, String... texts) {
    return new Sight(
        new Shower("follower-1", 1),
        new Asked(Kind.LOCAL, first, 10, 0),
        0,
        5,
        List.of(texts),
        first + texts.length - 1);
  }
}
