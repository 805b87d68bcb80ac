package io.replog.node.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitedEventLogTest {

  private final List<String> lines = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private long now;

  private final LimitedEventLog events =
      new LimitedEventLog(lines::add, warnings::add, () -> now, true);

  @Test
  void sumsUpWhatIsAboveTwentyLinesASecond() {
    for (int i = 1; i <= 100; i++) {
      events.happened(i % 2 == 0 ? "appended" : "received", "line " + i);
    }
    events.warn("fault", "still seen");

    assertThat(lines).hasSize(20);
    now += 1_000_000_000L;
    events.tick();
    assertThat(lines).hasSize(21);
    assertThat(lines.getLast()).isEqualTo("and more within a second: 40 appended, 40 received");
    assertThat(warnings).containsExactly("still seen");
  }

  @Test
  void writesEveryLineBelowTheLimit() {
    for (int i = 1; i <= 40; i++) {
      events.happened("appended", "line " + i);
      now += 100_000_000L;
    }

    assertThat(lines).hasSize(40);
  }

  @Test
  void keepsTextsInOneLineAndSilentUnlessAsked() {
    LimitedEventLog discreet = new LimitedEventLog(lines::add, warnings::add, () -> now, false);

    assertThat(events.text("a\"b\r\n\u001b[31m")).isEqualTo(" \"a\\\"b???[31m\"");
    assertThat(discreet.text("secret")).isEmpty();
  }
}
