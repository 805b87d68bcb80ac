package io.replog.replication.simulation;

import static io.replog.replication.simulation.Invariants.check;

import io.replog.model.Entry;
import java.util.HashMap;
import java.util.Map;

/// Every add as its client sees it: when it began, and whether it may still end up in the log.
final class Attempts {

  private static final class Attempt {
    /// Requests that were not refused for certain.
    int possible;

    boolean appended;

    /// Highest index acknowledged to anybody before this add began.
    final long floor;

    final int era;

    Attempt(long floor, int era) {
      this.floor = floor;
      this.era = era;
    }
  }

  private final Map<String, Attempt> byText = new HashMap<>();
  private long highestMet;

  /// Number of adoptions so far; floors from before one mean nothing after it.
  private int era;

  void onInvoked(String text) {
    byText.putIfAbsent(text, new Attempt(highestMet, era));
  }

  void onArrival(String text) {
    of(text).possible++;
  }

  void onRefused(String text, String how) {
    Attempt attempt = of(text);
    attempt.possible--;
    check(
        attempt.possible > 0 || !attempt.appended,
        "C5 what was refused never appears",
        () -> text + " is in the log, and now " + how);
  }

  void onAppended(Entry entry) {
    Attempt attempt = of(entry.text());
    check(
        attempt.possible > 0,
        "C5 what was refused never appears",
        () -> entry + " was always refused");
    attempt.appended = true;
  }

  void onMet(String text, long index) {
    Attempt attempt = of(text);
    check(
        attempt.era != era || index > attempt.floor,
        "C4 the order of indices respects real time",
        () ->
            text
                + " got "
                + index
                + ", but "
                + attempt.floor
                + " was acknowledged before it began");
    highestMet = Math.max(highestMet, index);
  }

  void onAdopted() {
    era++;
    highestMet = 0;
  }

  private Attempt of(String text) {
    Attempt attempt = byText.get(text);
    if (attempt == null) {
      throw new InvariantViolated("C2 only what a client sent is in the log", text);
    }
    return attempt;
  }
}
