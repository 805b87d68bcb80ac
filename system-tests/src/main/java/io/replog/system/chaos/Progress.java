package io.replog.system.chaos;

import io.replog.system.history.History;
import io.replog.system.load.Run;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// A line a second for whoever watches.
final class Progress implements Runnable {

  private static final Duration STEP = Duration.ofSeconds(1);

  private final PrintStream out;
  private final History history;
  private final Supplier<List<String>> faults;
  private final Run run;

  Progress(PrintStream out, History history, Supplier<List<String>> faults, Run run) {
    this.out = out;
    this.history = history;
    this.faults = faults;
    this.run = run;
  }

  @Override
  public void run() {
    long start = System.nanoTime();
    run.pause(STEP);
    while (run.goesOn()) {
      show(Duration.ofNanos(System.nanoTime() - start));
      run.pause(STEP);
    }
  }

  private void show(Duration since) {
    List<String> words = faults.get();
    out.printf(
        "%4d s  %7d acked  %6d refused  %6d unknown  %6d reads  %s%n",
        since.toSeconds(),
        history.acknowledged(),
        history.refused(),
        history.unknown(),
        history.reads(),
        words.isEmpty() ? "-" : String.join("; ", words));
  }
}
