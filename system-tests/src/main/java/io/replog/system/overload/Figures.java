package io.replog.system.overload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What was measured, a value a round, and the verdict on it.
final class Figures {

  /// What must be left of the throughput of the healthy cluster.
  static final double KEPT = 0.7;

  /// How soon it must be back when the overload has ended.
  static final Duration RECOVERED = Duration.ofSeconds(10);

  private final Map<Condition, List<Double>> perSecond = new EnumMap<>(Condition.class);
  private final List<Duration> recoveries = new ArrayList<>();

  /// @param throughput acknowledged adds in a second, of one round
  void add(Condition condition, double throughput) {
    perSecond.computeIfAbsent(condition, _ -> new ArrayList<>()).add(throughput);
  }

  /// @param recovery from the end of the overload until the throughput was back
  void addRecovery(Duration recovery) {
    recoveries.add(recovery);
  }

  /// Whether every condition leaves enough, in the median of the rounds. One that was not measured
  /// does not.
  boolean isKept() {
    return Stream.of(Condition.values()).allMatch(condition -> ratio(condition) >= KEPT)
        && !recoveries.isEmpty()
        && recovery().compareTo(RECOVERED) <= 0;
  }

  /// Throughput against that of the healthy cluster, each the median of the rounds; 0 if there is
  /// none.
  double ratio(Condition condition) {
    double healthy = median(Condition.HEALTHY);
    return healthy == 0 ? 0 : median(condition) / healthy;
  }

  private double median(Condition condition) {
    List<Double> sorted = perSecond.getOrDefault(condition, List.of()).stream().sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
  }

  private Duration recovery() {
    return recoveries.stream().sorted().toList().get(recoveries.size() / 2);
  }

  /// The table, and the verdict.
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("condition               adds/s  ratio  rounds");
    perSecond.forEach((condition, rounds) -> lines.add(line(condition, rounds)));
    if (!recoveries.isEmpty()) {
      lines.add("recovered after %.1f s".formatted(recovery().toMillis() / 1e3));
    }
    lines.add(
        "%s: %.0f %% of the healthy throughput, recovery within %d s"
            .formatted(isKept() ? "kept" : "NOT KEPT", KEPT * 100, RECOVERED.toSeconds()));
    return lines;
  }

  private String line(Condition condition, List<Double> rounds) {
    return "%-22s %7.0f  %4.0f%%  %s"
        .formatted(
            condition.words(),
            median(condition),
            ratio(condition) * 100,
            rounds.stream().map("%.0f"::formatted).toList());
  }
}
