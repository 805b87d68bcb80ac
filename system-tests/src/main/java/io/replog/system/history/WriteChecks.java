package io.replog.system.history;

import io.replog.system.history.FinalLog.Line;
import io.replog.system.history.Outcome.Acknowledged;
import io.replog.system.history.Outcome.Refused;
import io.replog.system.history.Violation.Promise;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;

/// What the answers to adds have promised.
final class WriteChecks {

  private static final int UNAVAILABLE = 503;
  private static final int NO_SPACE = 507;

  private final History history;
  private final Findings findings;
  private final Map<String, List<Attempt>> attemptsByText;

  WriteChecks(History history, Findings findings) {
    this.history = history;
    this.findings = findings;
    this.attemptsByText = history.attempts().stream().collect(Collectors.groupingBy(Attempt::text));
  }

  void check() {
    checkAcknowledgedIsKept();
    checkExactlyOnce();
    checkOrderOfRealTime();
    checkRefusedStaysOut();
    checkRefusalsAreDue();
  }

  private void checkAcknowledgedIsKept() {
    Map<Line, Integer> holders = new HashMap<>();
    for (FinalLog log : history.finalLogs()) {
      log.records().stream()
          .map(WriteChecks::withoutEpoch)
          .distinct()
          .forEach(record -> holders.merge(record, 1, Integer::sum));
    }
    for (Attempt attempt : history.attempts()) {
      if (attempt.outcome() instanceof Acknowledged acknowledged) {
        requireHolders(attempt, acknowledged, holders);
      }
    }
  }

  private static Line withoutEpoch(Line record) {
    return new Line(record.index(), 0, record.text());
  }

  private void requireHolders(
      Attempt attempt, Acknowledged acknowledged, Map<Line, Integer> holders) {
    int held = holders.getOrDefault(new Line(acknowledged.index(), 0, attempt.text()), 0);
    int promised = Math.max(attempt.concern(), acknowledged.acks());
    if (held < promised) {
      report(
          Promise.ACKNOWLEDGED_IS_KEPT,
          attempt.text(),
          "#%d '%s' was acknowledged by %d nodes and is held by %d",
          acknowledged.index(),
          attempt.text(),
          promised,
          held);
    }
    if (acknowledged.acks() < attempt.concern()) {
      report(
          Promise.ACKNOWLEDGED_IS_KEPT,
          attempt.text(),
          "#%d asked for %d nodes and was answered with %d",
          acknowledged.index(),
          attempt.concern(),
          acknowledged.acks());
    }
  }

  private void checkExactlyOnce() {
    for (FinalLog log : history.finalLogs()) {
      Set<String> seen = new HashSet<>();
      log.records().stream()
          .filter(record -> !seen.add(record.text()))
          .forEach(
              record ->
                  report(
                      Promise.EXACTLY_ONCE,
                      record.text(),
                      "%s holds '%s' again at #%d",
                      log.node(),
                      record.text(),
                      record.index()));
    }
    attemptsByText.forEach(this::requireOneIndex);
  }

  private void requireOneIndex(String text, List<Attempt> attempts) {
    Set<Long> indexes =
        attempts.stream()
            .map(Attempt::outcome)
            .filter(Acknowledged.class::isInstance)
            .map(outcome -> ((Acknowledged) outcome).index())
            .collect(Collectors.toSet());
    if (indexes.size() > 1) {
      report(Promise.EXACTLY_ONCE, text, "'%s' was acknowledged at the indexes %s", text, indexes);
    }
  }

  /// An add that was acknowledged: it took its index between its first invocation and the end of
  /// the attempt that succeeded.
  private record Add(String text, long index, long invokedNanos, long endedNanos) {}

  /// Walks through the adds by their beginning, keeping the highest index of those that had ended.
  private void checkOrderOfRealTime() {
    List<Add> byInvocation =
        attemptsByText.values().stream()
            .flatMap(attempts -> acknowledged(attempts).stream())
            .sorted(Comparator.comparingLong(Add::invokedNanos))
            .toList();
    PriorityQueue<Add> running = new PriorityQueue<>(Comparator.comparingLong(Add::endedNanos));
    Add highest = new Add("", 0, 0, 0);
    for (Add add : byInvocation) {
      while (!running.isEmpty() && running.element().endedNanos() < add.invokedNanos()) {
        Add ended = running.remove();
        highest = ended.index() > highest.index() ? ended : highest;
      }
      if (highest.index() >= add.index()) {
        findings.report(
            Promise.ORDER_OF_REAL_TIME,
            List.of(highest.text(), add.text()),
            "'%s' at #%d began after '%s' at #%d was acknowledged",
            add.text(),
            add.index(),
            highest.text(),
            highest.index());
      }
      running.add(add);
    }
  }

  private static List<Add> acknowledged(List<Attempt> attempts) {
    long invoked = attempts.stream().mapToLong(Attempt::invokedNanos).min().orElseThrow();
    return attempts.stream()
        .filter(attempt -> attempt.outcome() instanceof Acknowledged)
        .min(Comparator.comparingLong(Attempt::endedNanos))
        .map(first -> new Add(first.text(), indexOf(first), invoked, first.endedNanos()))
        .stream()
        .toList();
  }

  private static long indexOf(Attempt attempt) {
    return ((Acknowledged) attempt.outcome()).index();
  }

  private void checkRefusedStaysOut() {
    Set<String> refused =
        attemptsByText.entrySet().stream()
            .filter(
                entry -> entry.getValue().stream().allMatch(a -> a.outcome() instanceof Refused))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    Set<String> shown = new HashSet<>();
    history.finalLogs().forEach(log -> log.records().forEach(record -> shown.add(record.text())));
    history.sights().forEach(sight -> shown.addAll(sight.texts()));
    refused.retainAll(shown);
    refused.forEach(
        text -> report(Promise.REFUSED_STAYS_OUT, text, "'%s' was refused and is there", text));
  }

  /// Every add of these clients is valid, and nobody limits them.
  private void checkRefusalsAreDue() {
    for (Attempt attempt : history.attempts()) {
      if (attempt.outcome() instanceof Refused refused && !isDue(refused.status())) {
        report(
            Promise.REFUSALS_ARE_DUE,
            attempt.text(),
            "'%s' is a valid add and was refused with %d",
            attempt.text(),
            refused.status());
      }
    }
  }

  private boolean isDue(int status) {
    return switch (status) {
      case UNAVAILABLE -> true;
      case NO_SPACE -> history.wasMasterDiskFilled();
      default -> false;
    };
  }

  private void report(Promise promise, String text, String detail, Object... values) {
    findings.report(promise, List.of(text), detail, values);
  }
}
