package io.replog.system.history;

import io.replog.system.history.FinalLog.Line;
import io.replog.system.history.Outcome.Acknowledged;
import io.replog.system.history.Outcome.Refused;
import io.replog.system.history.Violation.Promise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;

/// Judges a whole history against the promises. Since texts are unique and acknowledgements name
/// their index, sorting is all it takes; nothing is searched for.
///
/// The histories are those of a cluster whose disks were kept: nodes may have been killed, paused
/// and restarted, but none was emptied.
public final class Checker {

  private final History history;
  private final List<Violation> violations = new ArrayList<>();
  private final Map<String, List<Attempt>> attemptsByText;

  /// The longest final log: the one order that all others are measured by.
  private final List<Line> order;

  private Checker(History history) {
    this.history = history;
    this.attemptsByText = history.attempts().stream().collect(Collectors.groupingBy(Attempt::text));
    this.order =
        history.finalLogs().stream()
            .map(FinalLog::records)
            .max(Comparator.comparingInt(List::size))
            .orElse(List.of());
  }

  /// Every promise that the history shows broken; empty when none is.
  public static List<Violation> check(History history) {
    Checker checker = new Checker(history);
    checker.checkAcknowledgedIsKept();
    checker.checkOneTextPerIndex();
    checker.checkExactlyOnce();
    checker.checkOrderOfRealTime();
    checker.checkRefusedStaysOut();
    checker.checkReadsArePrefixes();
    checker.checkReadsNeverShrink();
    checker.checkConvergence();
    checker.checkEpochsRise();
    return List.copyOf(checker.violations);
  }

  private void report(Promise promise, String detail, Object... values) {
    violations.add(new Violation(promise, detail.formatted(values)));
  }

  private void checkAcknowledgedIsKept() {
    Map<Line, Integer> holders = new HashMap<>();
    for (FinalLog log : history.finalLogs()) {
      log.records().stream()
          .map(Checker::withoutEpoch)
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
          "#%d '%s' was acknowledged by %d nodes and is held by %d",
          acknowledged.index(),
          attempt.text(),
          promised,
          held);
    }
    if (acknowledged.acks() < attempt.concern()) {
      report(
          Promise.ACKNOWLEDGED_IS_KEPT,
          "#%d asked for %d nodes and was answered with %d",
          acknowledged.index(),
          attempt.concern(),
          acknowledged.acks());
    }
  }

  private void checkOneTextPerIndex() {
    Map<Long, String> texts = new HashMap<>();
    for (Attempt attempt : history.attempts()) {
      if (attempt.outcome() instanceof Acknowledged acknowledged) {
        requireSame(texts, acknowledged.index(), attempt.text(), "an acknowledgement");
      }
    }
    for (FinalLog log : history.finalLogs()) {
      log.records()
          .forEach(record -> requireSame(texts, record.index(), record.text(), log.node()));
    }
    for (Sight sight : history.sights()) {
      for (int place = 0; place < sight.texts().size(); place++) {
        requireSame(texts, place + 1L, sight.texts().get(place), "a read of " + sight.node());
      }
    }
  }

  private void requireSame(Map<Long, String> texts, long index, String text, String source) {
    String known = texts.putIfAbsent(index, text);
    if (known != null && !known.equals(text)) {
      report(Promise.ONE_TEXT_PER_INDEX, "#%d is '%s' and '%s' in %s", index, known, text, source);
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
      report(Promise.EXACTLY_ONCE, "'%s' was acknowledged at the indexes %s", text, indexes);
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
        report(
            Promise.ORDER_OF_REAL_TIME,
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
        text -> report(Promise.REFUSED_STAYS_OUT, "'%s' was refused and is there", text));
  }

  private void checkReadsArePrefixes() {
    List<String> texts = order.stream().map(Line::text).toList();
    for (Sight sight : history.sights()) {
      int size = sight.texts().size();
      if (size > texts.size() || !sight.texts().equals(texts.subList(0, size))) {
        report(
            Promise.READS_ARE_PREFIXES,
            "%s showed %d messages that are no prefix of the final %d",
            sight.node(),
            size,
            texts.size());
      }
    }
  }

  private void checkReadsNeverShrink() {
    Map<String, Integer> longest = new HashMap<>();
    for (Sight sight : history.sights()) {
      int before = longest.merge(sight.node(), sight.texts().size(), Math::max);
      if (sight.texts().size() < before) {
        report(
            Promise.READS_NEVER_SHRINK,
            "%s showed %d messages after it had shown %d",
            sight.node(),
            sight.texts().size(),
            before);
      }
    }
  }

  private void checkConvergence() {
    for (FinalLog log : history.finalLogs()) {
      if (!log.records().equals(order)) {
        report(
            Promise.CONVERGENCE,
            "%s ended with %d records, others with %d or with other ones",
            log.node(),
            log.records().size(),
            order.size());
      }
      for (int place = 0; place < log.records().size(); place++) {
        if (log.records().get(place).index() != place + 1L) {
          report(Promise.CONVERGENCE, "%s lacks #%d", log.node(), place + 1L);
          break;
        }
      }
    }
  }

  private void checkEpochsRise() {
    for (FinalLog log : history.finalLogs()) {
      long epoch = 0;
      for (Line record : log.records()) {
        if (record.epoch() < epoch) {
          report(
              Promise.EPOCHS_RISE,
              "%s: #%d has epoch %d after epoch %d",
              log.node(),
              record.index(),
              record.epoch(),
              epoch);
        }
        epoch = record.epoch();
      }
    }
  }
}
