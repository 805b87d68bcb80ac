package io.replog.system.chaos;

import java.util.ArrayList;
import java.util.List;

/// Several runs, a line each.
final class ChaosTable {

  private ChaosTable() {}

  static List<String> of(List<ChaosReport> reports) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("    seed    acked  refused  unknown    reads  faults  drain  verdict");
    reports.forEach(report -> lines.add(line(report)));
    long broken = reports.stream().filter(report -> !report.isClean()).count();
    lines.add("%d runs, %d with a broken promise".formatted(reports.size(), broken));
    return lines;
  }

  private static String line(ChaosReport report) {
    return "%8d %8d %8d %8d %8d %7d %5.1fs  %s"
        .formatted(
            report.settings().seed(),
            report.history().acknowledged(),
            report.history().refused(),
            report.history().unknown(),
            report.history().reads(),
            report.faultCount(),
            ChaosReport.seconds(report.drain()),
            report.verdict());
  }
}
