package io.replog.system.chaos;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Several runs, a line each, and what they come to. It keeps the lines and not the histories.
final class ChaosTable {

  private final List<String> lines = new ArrayList<>();
  private final List<Long> acknowledged = new ArrayList<>();
  private final Map<FaultKind, Integer> faults = new EnumMap<>(FaultKind.class);
  private int broken;
  private int thin;

  void add(ChaosReport report) {
    broken += report.isClean() ? 0 : 1;
    thin += report.isThin() ? 1 : 0;
    acknowledged.add(report.history().acknowledged());
    report.faults().forEach((kind, times) -> faults.merge(kind, times, Integer::sum));
    lines.add(
        "%8d %8d %8d %8d %8d %7d %5.1fs  %s%s"
            .formatted(
                report.settings().seed(),
                report.history().acknowledged(),
                report.history().refused(),
                report.history().unknown(),
                report.history().reads(),
                report.faultCount(),
                ChaosReport.seconds(report.drain()),
                report.verdict(),
                report.isThin() ? " (thin)" : ""));
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
    table.add(adds());
    table.add("faults: " + faultWords(faults));
    table.add("%d runs, %d with a broken promise, %d thin".formatted(lines.size(), broken, thin));
    return table;
  }

  private String adds() {
    List<Long> sorted = acknowledged.stream().sorted().toList();
    return "acknowledged adds: %d; a run: least %d, median %d"
        .formatted(
            sorted.stream().mapToLong(Long::longValue).sum(),
            sorted.getFirst(),
            sorted.get(sorted.size() / 2));
  }

  /// How many there were, and of each kind.
  static String faultWords(Map<FaultKind, Integer> faults) {
    if (faults.isEmpty()) {
      return "none";
    }
    return faults.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> "%s %d".formatted(entry.getKey().label(), entry.getValue()))
        .collect(
            Collectors.joining(
                ", ", faults.values().stream().mapToInt(Integer::intValue).sum() + ": ", ""));
  }
}
