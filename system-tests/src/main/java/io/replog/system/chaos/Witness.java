package io.replog.system.chaos;

import io.replog.system.history.Attempt;
import io.replog.system.history.FinalLog;
import io.replog.system.history.History;
import io.replog.system.history.Outcome;
import io.replog.system.history.Sight;
import io.replog.system.history.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The few lines of a history that contradict each other.
final class Witness {

  private static final int MOST_SIGHTS = 4;

  private Witness() {}

  /// What was shown, everything that was done with the messages of the violation, in the order of
  /// time, and where they stand in the end.
  static List<String> of(History history, Violation violation) {
    List<String> lines = new ArrayList<>(violation.evidence());
    for (String text : violation.texts()) {
      history.attempts().stream()
          .filter(attempt -> attempt.text().equals(text))
          .sorted(Comparator.comparingLong(Attempt::invokedNanos))
          .forEach(attempt -> lines.add(described(attempt)));
      history.sights().stream()
          .filter(sight -> sight.texts().contains(text))
          .limit(MOST_SIGHTS)
          .forEach(sight -> lines.add(described(sight, text)));
      history.finalLogs().forEach(log -> lines.add(described(log, text)));
    }
    return lines;
  }

  private static String described(Attempt attempt) {
    return "%s ms to %s ms: add '%s', write concern %d: %s"
        .formatted(
            millis(attempt.invokedNanos()),
            millis(attempt.endedNanos()),
            attempt.text(),
            attempt.concern(),
            described(attempt.outcome()));
  }

  private static String described(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Acknowledged done ->
          "acknowledged at #%d by %d".formatted(done.index(), done.acks());
      case Outcome.Refused refused -> "refused with " + refused.status();
      case Outcome.Unknown unknown -> "unknown, " + unknown.why();
    };
  }

  private static String described(Sight sight, String text) {
    return "%s ms to %s ms: %s showed '%s' at #%d"
        .formatted(
            millis(sight.invokedNanos()),
            millis(sight.endedNanos()),
            sight.node(),
            text,
            sight.asked().firstIndex() + sight.texts().indexOf(text));
  }

  private static String described(FinalLog log, String text) {
    List<String> places =
        log.records().stream()
            .filter(record -> record.text().equals(text))
            .map(record -> "#%d (epoch %d)".formatted(record.index(), record.epoch()))
            .toList();
    return "in the end: %s has '%s' %s"
        .formatted(log.node(), text, places.isEmpty() ? "nowhere" : "at " + places);
  }

  private static long millis(long nanos) {
    return nanos / 1_000_000;
  }
}
