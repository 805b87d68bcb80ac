package io.replog.system.chaos;

import io.replog.system.history.Drain;
import io.replog.system.history.History;
import io.replog.system.history.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What came of a run.
///
/// @param settings what was to be done
/// @param history everything that clients did and saw
/// @param faults how often there was what
/// @param violations empty when every promise was kept
record ChaosReport(
    ChaosSettings settings,
    History history,
    Map<FaultKind, Integer> faults,
    List<Violation> violations) {

  private static final int MOST_EXAMPLES = 5;

  /// Below that a run is thin.
  private static final long FAULTS_A_MINUTE = 5;

  private static final long ADDS_A_MINUTE = 200;

  boolean isClean() {
    return violations.isEmpty();
  }

  Duration drain() {
    return history.drain().map(Drain::taken).orElse(Duration.ZERO);
  }

  int faultCount() {
    return faults.values().stream().mapToInt(Integer::intValue).sum();
  }

  long messages() {
    return history.finalLogs().stream().mapToLong(log -> log.records().size()).max().orElse(0);
  }

  /// The report for people.
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("seed        %d".formatted(settings.seed()));
    lines.add(
        "operations  %d adds acknowledged, %d refused, %d unknown; %d reads; %d messages in the log"
            .formatted(
                history.acknowledged(),
                history.refused(),
                history.unknown(),
                history.reads(),
                messages()));
    lines.add("not shown   " + refusedReads());
    lines.add("faults      " + ChaosTable.faultWords(faults));
    lines.add("drain       %.1f s until all nodes held the same".formatted(seconds(drain())));
    if (isThin()) {
      lines.add(thinness());
    }
    lines.add("verdict     " + verdict());
    violations.stream()
        .collect(Collectors.groupingBy(Violation::promise))
        .values()
        .forEach(breaches -> describe(breaches, lines));
    return lines;
  }

  /// Reads and openings of tails that a node has answered with another status than 200.
  private String refusedReads() {
    List<String> words =
        history.refusedReads().entrySet().stream()
            .map(entry -> "%s: %d times".formatted(entry.getKey(), entry.getValue()))
            .sorted()
            .toList();
    return words.isEmpty() ? "no read was refused" : String.join(", ", words);
  }

  /// Whether so little has happened that a verdict says little.
  boolean isThin() {
    return faultCount() < atLeast(FAULTS_A_MINUTE)
        || history.acknowledged() < atLeast(ADDS_A_MINUTE);
  }

  /// A minute's share of the run, at least one.
  private long atLeast(long aMinute) {
    return Math.max(1, aMinute * settings.length().toSeconds() / 60);
  }

  private String thinness() {
    return "thin        at least %d faults and %d acknowledged adds make a run of %d s worth much"
        .formatted(atLeast(FAULTS_A_MINUTE), atLeast(ADDS_A_MINUTE), settings.length().toSeconds());
  }

  String verdict() {
    if (isClean()) {
      return "every promise was kept";
    }
    List<String> broken =
        violations.stream()
            .map(Violation::promise)
            .distinct()
            .sorted()
            .map(promise -> promise.id() + " " + promise)
            .toList();
    return "BROKEN: " + String.join(", ", broken);
  }

  private void describe(List<Violation> breaches, List<String> lines) {
    Violation.Promise promise = breaches.getFirst().promise();
    lines.add("");
    lines.add("%s %s, %d times; such as".formatted(promise.id(), promise, breaches.size()));
    breaches.stream().limit(MOST_EXAMPLES).forEach(breach -> lines.add("  " + breach.detail()));
    breaches.stream()
        .filter(breach -> !Witness.of(history, breach).isEmpty())
        .min(Comparator.comparingInt(breach -> Witness.of(history, breach).size()))
        .ifPresent(smallest -> show(smallest, lines));
  }

  private void show(Violation smallest, List<String> lines) {
    lines.add("  what shows it: " + smallest.detail());
    Witness.of(history, smallest).forEach(line -> lines.add("    " + line));
  }

  static double seconds(Duration duration) {
    return duration.toMillis() / 1_000.0;
  }

  /// What to type to make the same choices again.
  String command() {
    return "./replog chaos --seconds %d --seed %d --nodes %d --clients %d --faults %s"
            .formatted(
                settings.length().toSeconds(),
                settings.seed(),
                settings.nodes(),
                settings.clients(),
                String.join(",", settings.kinds().stream().sorted().map(FaultKind::label).toList()))
        + (settings.rabbitmq() == null ? "" : " --rabbitmq " + settings.rabbitmq());
  }
}
