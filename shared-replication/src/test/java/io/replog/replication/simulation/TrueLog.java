package io.replog.replication.simulation;

import static io.replog.replication.simulation.Invariants.check;

import io.replog.model.Entry;
import io.replog.model.EntryKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One log as it really is: every entry ever forced on its master, in order. All nodes, answers and
/// reads are compared with it.
final class TrueLog {

  private final String logId;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, Entry> byKey = new HashMap<>();
  private final Map<String, Entry> byText = new HashMap<>();

  /// Highest index that was released; who repeats an add from before is not recognised.
  private long released;

  /// Highest index acknowledged for two nodes or more.
  private long acknowledgedByTwo;

  /// Highest index that a majority read may show.
  private long committed;

  TrueLog(String logId) {
    this.logId = logId;
  }

  long lastIndex() {
    return entries.size();
  }

  void add(Entry entry) {
    entries.add(entry);
    if (entry.kind() != EntryKind.MESSAGE) {
      return;
    }
    Entry sameText = byText.put(entry.text(), entry);
    check(isForgotten(sameText), "C3 no message twice", () -> entry + " and " + sameText);
    if (entry.key() != null) {
      Entry sameKey = byKey.put(entry.key(), entry);
      check(isForgotten(sameKey), "C3 one entry for a key", () -> entry + " and " + sameKey);
    }
  }

  private boolean isForgotten(@Nullable Entry before) {
    return before == null || before.index() <= released;
  }

  void onReleased(long index) {
    released = Math.max(released, index);
  }

  void checkHolds(String node, Entry entry) {
    check(
        entry.index() <= entries.size(),
        "C2 followers hold only what the master forced",
        () ->
            node + " holds " + entry + " of log " + logId + " with " + entries.size() + " entries");
    Entry there = entries.get((int) entry.index() - 1);
    check(
        there.equals(entry), "C2 one index, one value", () -> node + " " + entry + " not " + there);
  }

  void onAcknowledged(long index, int requiredNodes) {
    if (requiredNodes >= 2) {
      acknowledgedByTwo = Math.max(acknowledgedByTwo, index);
    }
  }

  void onCommitted(boolean byMaster, long index, String node) {
    if (byMaster) {
      committed = Math.max(committed, index);
    }
    check(
        index <= committed,
        "C8 a follower shows as committed only what is",
        () -> node + " " + index + ", committed is " + committed);
  }

  /// The master's disk was lost, and what nobody else held with it.
  void cutBehind(long lastIndex, boolean otherDisksLost) {
    check(
        acknowledgedByTwo <= lastIndex || otherDisksLost,
        "C1 two copies survive the loss of one disk",
        () -> "acknowledged " + acknowledgedByTwo + ", left " + lastIndex);
    check(
        committed <= lastIndex || otherDisksLost,
        "C8 what a majority held survives the loss of one disk",
        () -> "committed " + committed + ", left " + lastIndex);
    while (entries.size() > lastIndex) {
      Entry lost = entries.removeLast();
      byText.remove(lost.text(), lost);
      if (lost.key() != null) {
        byKey.remove(lost.key(), lost);
      }
    }
    committed = Math.min(committed, lastIndex);
    acknowledgedByTwo = Math.min(acknowledgedByTwo, lastIndex);
  }

  /// Whether `disk` holds exactly this log.
  boolean equalTo(SimulatedDisk disk) {
    return disk.held() == entries.size()
        && disk.written() == entries.size()
        && (entries.isEmpty() || entries.getLast().position().equals(disk.end()));
  }
}
