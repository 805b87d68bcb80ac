package io.replog.system.overload;

import io.replog.system.load.Rush;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/// What was measured with one write concern, an outcome a round, and the verdict on it.
final class Figures {

  /// What must be left of the throughput of the healthy cluster.
  static final double KEPT = 0.7;

  /// How many times as long as in the healthy cluster the slowest hundredth of the adds may take
  /// when one follower is sick.
  static final double SLOWER = 2;

  /// How soon that much throughput must be back when the overload has ended.
  static final Duration RECOVERED = Duration.ofSeconds(10);

  /// How soon a dead follower must be known as such: three heartbeats, and one to look.
  static final Duration NOTICED = Duration.ofSeconds(2);

  private final int concern;
  private final Map<Condition, List<Rush.Outcome>> rounds = new EnumMap<>(Condition.class);
  private final List<Duration> recoveries = new ArrayList<>();
  private final List<Duration> notices = new ArrayList<>();

  Figures(int concern) {
    this.concern = concern;
  }

  /// @param outcome of one round
  void add(Condition condition, Rush.Outcome outcome) {
    rounds.computeIfAbsent(condition, _ -> new ArrayList<>()).add(outcome);
  }

  /// @param recovery from the end of the overload until the throughput was back
  void addRecovery(Duration recovery) {
    recoveries.add(recovery);
  }

  /// @param notice from the end of a follower until the master knew
  void addNotice(Duration notice) {
    notices.add(notice);
  }

  boolean isKept() {
    return broken().isEmpty();
  }

  /// What is not as it must be, in words. Throughput and slowness are the median of the rounds;
  /// what must never happen is counted over all, and of times the worst decides. What was not
  /// measured is not kept.
  List<String> broken() {
    List<String> broken = new ArrayList<>();
    for (Condition condition : Condition.values()) {
      require(broken, ratio(condition) >= KEPT, condition.words() + ": too little throughput");
      require(broken, sum(condition, Rush.Outcome::other) == 0, condition.words() + ": failures");
      if (condition.isSickFollower()) {
        require(broken, slowness(condition) <= SLOWER, condition.words() + ": too slow");
        require(
            broken, sum(condition, Rush.Outcome::refused) == 0, condition.words() + ": refusals");
      }
    }
    require(broken, isWithin(recoveries, RECOVERED), "recovery takes too long");
    require(broken, isWithin(notices, NOTICED), "a dead follower is noticed too late");
    return broken;
  }

  private static void require(List<String> broken, boolean kept, String words) {
    if (!kept) {
      broken.add(words);
    }
  }

  private static boolean isWithin(List<Duration> times, Duration limit) {
    return !times.isEmpty() && worst(times).compareTo(limit) <= 0;
  }

  /// Throughput against that of the healthy cluster; 0 if there is none.
  double ratio(Condition condition) {
    double healthy = perSecond(Condition.HEALTHY);
    return healthy == 0 ? 0 : perSecond(condition) / healthy;
  }

  /// What the slowest hundredth takes, against that of the healthy cluster; 0 if there is none.
  double slowness(Condition condition) {
    double healthy = slowMillis(Condition.HEALTHY);
    return healthy == 0 ? 0 : slowMillis(condition) / healthy;
  }

  private double perSecond(Condition condition) {
    return median(of(condition).map(Rush.Outcome::perSecond));
  }

  private double slowMillis(Condition condition) {
    return median(of(condition).map(outcome -> outcome.slowHundredth().toNanos() / 1e6));
  }

  private long sum(Condition condition, ToLongFunction<Rush.Outcome> count) {
    return of(condition).mapToLong(count).sum();
  }

  private Stream<Rush.Outcome> of(Condition condition) {
    return rounds.getOrDefault(condition, List.of()).stream();
  }

  private static double median(Stream<Double> values) {
    List<Double> sorted = values.sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
  }

  private static Duration worst(List<Duration> times) {
    return times.stream().max(Duration::compareTo).orElse(Duration.ZERO);
  }

  /// The table, and the verdict.
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "write concern %d          adds/s  ratio   p99 ms  ratio  refused  other"
            .formatted(concern));
    rounds.keySet().forEach(condition -> lines.add(line(condition)));
    lines.add(
        "recovered after %.1f s at most, a dead follower noticed after %.1f s at most"
            .formatted(worst(recoveries).toMillis() / 1e3, worst(notices).toMillis() / 1e3));
    List<String> broken = broken();
    lines.add(broken.isEmpty() ? "kept" : "NOT KEPT: " + String.join("; ", broken));
    return lines;
  }

  private String line(Condition condition) {
    return "%-23s %8.0f  %4.0f%%  %7.1f  %5.1f  %7d  %5d"
        .formatted(
            condition.words(),
            perSecond(condition),
            ratio(condition) * 100,
            slowMillis(condition),
            slowness(condition),
            sum(condition, Rush.Outcome::refused),
            sum(condition, Rush.Outcome::other));
  }
}
