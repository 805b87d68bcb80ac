package io.replog.connectors.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.connectors.database.DatabaseOfflineException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// A branch that is offline for 22 hours of a day, in virtual time.
@ExtendWith(OutputCaptureExtension.class)
class WorkLinesTest {

  private static final Duration OFFLINE = Duration.ofHours(22);

  private final AtomicLong now = new AtomicLong();
  private final WorkLines lines = new WorkLines("branch lviv", now::get);

  @Test
  void tellsOfLongAbsenceOnceAnHourAndOfItsEnd(CapturedOutput output) {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), new Random(1));
    int tries = 0;

    while (now.get() < OFFLINE.toNanos()) {
      lines.failed(new DatabaseOfflineException("branch lviv is offline (refused)"));
      now.addAndGet(backoff.after(++tries).toNanos());
    }
    lines.succeeded();
    lines.succeeded();

    assertThat(tries).isBetween(4_000, 7_000);
    assertThat(output.getOut().lines().filter(line -> line.contains("is offline (refused)")))
        .hasSize(22);
    assertThat(output.getOut().lines().filter(line -> line.contains("works again"))).hasSize(1);
  }

  @Test
  void tellsAtOnceWhenItFailsInAnotherWay(CapturedOutput output) {
    lines.failed(new DatabaseOfflineException("first"));
    lines.failed(new HaltedException("second"));
    lines.failed(new HaltedException("third"));

    assertThat(output.getOut()).contains("first", "second").doesNotContain("third");
  }
}
