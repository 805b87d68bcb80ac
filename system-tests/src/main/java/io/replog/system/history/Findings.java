package io.replog.system.history;

import io.replog.system.history.Violation.Promise;
import java.util.ArrayList;
import java.util.List;

/// What the checks have found. One mistake can break a promise a thousand times, so of each promise
/// the first [#MOST] breaches are kept.
final class Findings {

  static final int MOST = 100;

  private final List<Violation> violations = new ArrayList<>();
  private final int[] counts = new int[Promise.values().length];

  /// A breach that is about these messages.
  void report(Promise promise, List<String> texts, String detail, Object... values) {
    add(new Violation(promise, detail.formatted(values), texts, List.of()));
  }

  /// A breach that these reads, tails or entries show; see [Evidence].
  void show(Promise promise, List<String> evidence, String detail, Object... values) {
    add(new Violation(promise, detail.formatted(values), List.of(), evidence));
  }

  private void add(Violation violation) {
    if (counts[violation.promise().ordinal()]++ < MOST) {
      violations.add(violation);
    }
  }

  List<Violation> all() {
    return List.copyOf(violations);
  }
}
