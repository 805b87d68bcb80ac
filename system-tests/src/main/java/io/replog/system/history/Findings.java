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

  void report(Promise promise, List<String> texts, String detail, Object... values) {
    if (counts[promise.ordinal()]++ < MOST) {
      violations.add(new Violation(promise, detail.formatted(values), texts));
    }
  }

  List<Violation> all() {
    return List.copyOf(violations);
  }
}
