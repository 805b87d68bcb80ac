package io.replog.node.events;

import static io.replog.testnode.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LineQueueTest {

  private final List<String> written = new CopyOnWriteArrayList<>();
  private final CountDownLatch console = new CountDownLatch(1);

  @Test
  void writesInOrderAndEverythingBeforeItCloses() {
    LineQueue queue = new LineQueue();
    for (int i = 1; i <= 100; i++) {
      String line = "line " + i;
      queue.offer(() -> written.add(line));
    }

    queue.close();

    assertThat(written).hasSize(100).startsWith("line 1", "line 2").endsWith("line 100");
    assertThat(queue.offer(() -> written.add("late"))).isFalse();
  }

  @Test
  void countsWhatABlockedConsoleDoesNotTakeAndHoldsUpNobody() {
    try (LineQueue queue = new LineQueue()) {
      long[] now = {0};
      LimitedEventLog events =
          new LimitedEventLog(
              line -> queue.offer(() -> write(line)), _ -> true, () -> now[0], false);

      for (int second = 0; second < 100; second++) {
        for (int i = 0; i < 20; i++) {
          events.happened("appended", () -> "a line");
        }
        now[0] += 1_000_000_000L;
      }
      console.countDown();

      await().until(() -> written.size() >= 1_024);
      events.happened("appended", () -> "the last line");
      await().until(() -> written.contains("the last line"));
      assertThat(written).anyMatch(line -> line.matches("and more .*: 9\\d\\d appended"));
    }
  }

  private void write(String line) {
    try {
      if (console.await(1, TimeUnit.MINUTES)) {
        written.add(line);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
