package io.replog.log;

import io.replog.model.Entry;
import io.replog.model.Promise;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A log whose content is known, to be damaged, judged and healed.
///
/// @param written all that was ever appended
/// @param options how it is opened
record Healing(List<Entry> written, LogOptions options) {

  /// How a violation begins where entries are missed that were never durable.
  static final String BEYOND = "more is missing than there was, up to #";

  /// Writes the log, a promise first and then an entry per group, and closes it in order.
  SimulatedDisk disk() {
    SimulatedDisk disk = new SimulatedDisk();
    Heard heard = new Heard();
    try (DurableLog log = DurableLog.open(options, heard, disk)) {
      log.persistPromise(new Promise(1, "start", Entries.LOG_ID));
      for (Entry entry : written) {
        log.append(Entries.LOG_ID, List.of(entry));
        heard.awaitDurable(entry.index());
      }
      log.persistCommit(written.size() / 2).join();
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
    return disk;
  }

  /// Opens a damaged log, fills its holes from what was written, and opens it once more.
  ///
  /// @param mostMissing how many entries the damage can have hit
  /// @return what went wrong, null when nothing did
  @Nullable String violationOf(SimulatedDisk disk, int mostMissing) {
    return violation(() -> violationWhenFilled(disk, log -> violationIn(log, mostMissing)), disk);
  }

  /// The same for a log that may have been healed already.
  @Nullable String lossOf(SimulatedDisk disk, int mostMissing) {
    return violation(() -> violationWhenFilled(disk, log -> lossIn(log, mostMissing)), disk);
  }

  /// Only opens a damaged log.
  @Nullable String violationWhenOpened(SimulatedDisk disk, int mostMissing) {
    try (DurableLog log = DurableLog.open(options, new Heard(), disk)) {
      return violationIn(log, mostMissing);
    } catch (IOException | RuntimeException broken) {
      return broken.toString();
    }
  }

  private interface Check {
    @Nullable String run() throws IOException;
  }

  private @Nullable String violation(Check whenDamaged, SimulatedDisk disk) {
    try {
      String violation = whenDamaged.run();
      return violation == null ? violationWhenHealed(disk) : violation;
    } catch (IOException | RuntimeException broken) {
      return broken.toString();
    }
  }

  private @Nullable String violationWhenFilled(
      SimulatedDisk disk, Function<DurableLog, @Nullable String> check) throws IOException {
    Heard heard = new Heard();
    try (DurableLog log = DurableLog.open(options, heard, disk)) {
      String violation = check.apply(log);
      if (violation != null) {
        return violation;
      }
      fill(log, heard);
      return DurableLogTest.all(log).equals(written) ? null : "not whole when filled";
    }
  }

  private @Nullable String violationIn(DurableLog log, int mostMissing) {
    return isUnnoticed(log.recovery()) ? "the damage goes unnoticed" : lossIn(log, mostMissing);
  }

  private @Nullable String lossIn(DurableLog log, int mostMissing) {
    List<Entry> served = DurableLogTest.all(log);
    if (!served.equals(written.subList(0, served.size()))) {
      return "a wrong entry is served";
    }
    if (log.knownEnd() > written.size()) {
      return BEYOND + log.knownEnd();
    }
    if (log.knownEnd() < written.size()) {
      return "cut at #" + log.knownEnd();
    }
    if (served.size() != servable(log.holes())) {
      return "shorter than it says: " + served.size() + " with " + log.holes();
    }
    return missing(log.holes()) > mostMissing ? "too much is missing: " + log.holes() : null;
  }

  private @Nullable String violationWhenHealed(SimulatedDisk disk) throws IOException {
    try (DurableLog log = DurableLog.open(options, new Heard(), disk)) {
      Recovery again = log.recovery();
      if (!again.corruption().isEmpty() || !again.holes().isEmpty()) {
        return "not healed: " + again;
      }
      return DurableLogTest.all(log).equals(written) ? null : "not whole when opened again";
    }
  }

  /// Fills every hole as a node does from another one.
  ///
  /// @throws IllegalStateException if what fills one does not join
  void fill(DurableLog log, Heard heard) {
    while (!log.holes().isEmpty()) {
      Hole hole = log.holes().getFirst();
      log.append(Entries.LOG_ID, entries(hole));
      heard.awaitJoined(hole.lastIndex());
      if (heard.durableIndex() < hole.lastIndex()) {
        throw new IllegalStateException(
            "does not join: %s, failure: %s".formatted(heard.apart(), heard.failure()));
      }
    }
  }

  /// What is missing in a hole.
  List<Entry> entries(Hole hole) {
    return written.subList((int) hole.firstIndex() - 1, (int) hole.lastIndex());
  }

  private long servable(List<Hole> holes) {
    return holes.isEmpty() ? written.size() : holes.getFirst().firstIndex() - 1;
  }

  private static long missing(List<Hole> holes) {
    return holes.stream().mapToLong(hole -> hole.lastIndex() - hole.firstIndex() + 1).sum();
  }

  private static boolean isUnnoticed(Recovery recovery) {
    return recovery.corruption().isEmpty()
        && recovery.holes().isEmpty()
        && recovery.tornBytes() == 0;
  }
}
