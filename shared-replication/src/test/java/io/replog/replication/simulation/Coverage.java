package io.replog.replication.simulation;

import java.util.Arrays;
import java.util.Locale;

/// One counter for each [Covered].
final class Coverage {

  private final long[] counts = new long[Covered.values().length];

  void count(Covered what) {
    count(what, 1);
  }

  void count(Covered what, long times) {
    counts[what.ordinal()] += times;
  }

  long of(Covered what) {
    return counts[what.ordinal()];
  }

  /// Adds what another run has exercised. Safe to call from several threads.
  synchronized void add(Coverage other) {
    Arrays.setAll(counts, i -> counts[i] + other.counts[i]);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Covered what : Covered.values()) {
      text.append(what.name().toLowerCase(Locale.ROOT).replace('_', ' '))
          .append(' ')
          .append(of(what));
      text.append(what.ordinal() == counts.length - 1 ? "" : ", ");
    }
    return text.toString();
  }
}
