package io.replog.system.history;

import io.replog.system.history.FinalLog.Line;
import java.util.Comparator;
import java.util.List;

/// Judges a whole history against the promises. Since texts are unique and acknowledgements name
/// their index, sorting is all it takes; nothing is searched for.
///
/// The histories are those of a cluster whose master has kept its disk: nodes may have been killed,
/// paused and restarted, followers also emptied.
public final class Checker {

  private Checker() {}

  /// Every promise that the history shows broken; empty when none is.
  public static List<Violation> check(History history) {
    Findings findings = new Findings();
    List<Line> order = longest(history);
    new WriteChecks(history, findings).check();
    new LogChecks(history, order, findings).check();
    new ReadChecks(history, order, findings).check();
    new ProcessChecks(history, findings).check();
    return findings.all();
  }

  /// The longest final log: the one order that all others are measured by.
  private static List<Line> longest(History history) {
    return history.finalLogs().stream()
        .map(FinalLog::records)
        .max(Comparator.comparingInt(List::size))
        .orElse(List.of());
  }
}
