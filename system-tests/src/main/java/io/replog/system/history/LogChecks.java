package io.replog.system.history;

import io.replog.system.history.FinalLog.Line;
import io.replog.system.history.Outcome.Acknowledged;
import io.replog.system.history.Violation.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the logs hold in the end.
final class LogChecks {

  private final History history;
  private final List<Line> order;
  private final Findings findings;

  LogChecks(History history, List<Line> order, Findings findings) {
    this.history = history;
    this.order = order;
    this.findings = findings;
  }

  void check() {
    checkOneTextPerIndex();
    checkConvergence();
    checkDigests();
    checkEpochsRise();
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
  }

  private void requireSame(Map<Long, String> texts, long index, String text, String source) {
    String known = texts.putIfAbsent(index, text);
    if (known != null && !known.equals(text)) {
      findings.report(
          Promise.ONE_TEXT_PER_INDEX,
          List.of(known, text),
          "#%d is '%s' and '%s' in %s",
          index,
          known,
          text,
          source);
    }
  }

  private void checkConvergence() {
    for (FinalLog log : history.finalLogs()) {
      if (!log.records().equals(order)) {
        findings.show(
            Promise.CONVERGENCE,
            difference(log),
            "%s ended with %d records, others with %d or with other ones",
            log.node(),
            log.records().size(),
            order.size());
      }
      for (int place = 0; place < log.records().size(); place++) {
        if (log.records().get(place).index() != place + 1L) {
          findings.show(
              Promise.CONVERGENCE,
              List.of(Evidence.of(log.node(), log.records().get(place))),
              "%s lacks #%d",
              log.node(),
              place + 1L);
          break;
        }
      }
    }
  }

  /// The first place where the log differs from the longest one.
  private List<String> difference(FinalLog log) {
    int place = 0;
    while (place < log.records().size() && log.records().get(place).equals(order.get(place))) {
      place++;
    }
    return List.of(
        Evidence.of(log.node(), log.records(), place), Evidence.of("another node", order, place));
  }

  private void checkDigests() {
    List<String> digests = history.finalLogs().stream().map(FinalLog::digest).distinct().toList();
    if (digests.size() > 1) {
      List<String> evidence =
          history.finalLogs().stream()
              .map(log -> "in the end: the log of %s has %s".formatted(log.node(), log.digest()))
              .toList();
      findings.show(
          Promise.CONVERGENCE, evidence, "the logs differ in some field: digests %s", digests);
    }
  }

  private void checkEpochsRise() {
    for (FinalLog log : history.finalLogs()) {
      Line before = new Line(0, 0, "");
      for (Line record : log.records()) {
        if (record.epoch() < before.epoch()) {
          findings.show(
              Promise.EPOCHS_RISE,
              List.of(Evidence.of(log.node(), before), Evidence.of(log.node(), record)),
              "%s: #%d has epoch %d after epoch %d",
              log.node(),
              record.index(),
              record.epoch(),
              before.epoch());
        }
        before = record;
      }
    }
  }
}
