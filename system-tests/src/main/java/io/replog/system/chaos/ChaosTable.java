package io.replog.system.chaos;

import java.util.ArrayList;
import java.util.List;

/// Several runs, a line each. It keeps the lines and not the histories.
final class ChaosTable {

  private final List<String> lines = new ArrayList<>();
  private int broken;

  void add(ChaosReport report) {
    broken += report.isClean() ? 0 : 1;
    lines.add(
        "%8d %8d %8d %8d %8d %7d %5.1fs  %s"
            .formatted(
                report.settings().seed(),
                report.history().acknowledged(),
                report.history().refused(),
                report.history().unknown(),
                report.history().reads(),
                report.faultCount(),
                ChaosReport.seconds(report.drain()),
                report.verdict()));
  }

  /// How many runs have shown a broken promise.
  int broken() {
    return broken;
  }

  /// The table, empty for a single run.
  List<String> lines() {
    if (lines.size() < 2) {
      return List.of();
    }
    List<String> table = new ArrayList<>();
    table.add("");
    table.add("    seed    acked  refused  unknown    reads  faults  drain  verdict");
    table.addAll(lines);
    table.add("%d runs, %d with a broken promise".formatted(lines.size(), broken));
    return table;
  }
}
