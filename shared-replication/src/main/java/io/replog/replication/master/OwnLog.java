package io.replog.replication.master;

import static io.replog.replication.BrokenInvariantException.check;

import io.replog.model.Entry;
import io.replog.model.EntryKind;
import io.replog.model.Position;
import io.replog.replication.Holes;
import io.replog.replication.LogView;
import io.replog.replication.PendingEntries;
import org.jspecify.annotations.Nullable;

/// The master's own log as the core knows it: what is durable, and what has its index but is not
/// yet durable.
///
/// Invariants: `durableIndex <= end.index`; everything between is in `pending`; both only grow; the
/// end never passes a hole that is not filled.
final class OwnLog {

  private final LogView log;
  private final PendingEntries pending;
  private final RecentEntries recent;
  private final Holes holes;

  /// The entry before the first one kept.
  private Position base;

  /// Where the last entry with an index stands.
  private Position end;

  /// Last index that a power cut cannot take any more.
  private long durableIndex;

  /// Timestamp of the last entry; later entries never carry a lower one.
  private long lastTimestampMillis;

  OwnLog(LogView log, Position end, Holes holes) {
    this.log = log;
    this.end = end;
    this.base = log.base();
    this.holes = holes;
    this.durableIndex = end.index();
    this.pending = new PendingEntries(durableIndex);
    this.recent = new RecentEntries(durableIndex);
    this.lastTimestampMillis = end.equals(base) ? 0 : log.entryAt(end.index()).timestampMillis();
  }

  /// Gives a new entry its place right behind the end.
  Entry append(
      long epoch,
      long timestampMillis,
      EntryKind kind,
      @Nullable String key,
      String text,
      long now) {
    long monotonicMillis = Math.max(timestampMillis, lastTimestampMillis);
    Entry entry = Entry.after(end, epoch, monotonicMillis, kind, key, text);
    take(entry, now);
    return entry;
  }

  /// Puts an entry, made here or pulled from elsewhere and already checked, right behind the end.
  void take(Entry entry, long now) {
    check(entry.index() <= holes.lastWritableIndex(), "an entry behind a hole is written again");
    check(entry.epoch() >= end.epoch(), "the epoch of an entry falls behind its predecessor's");
    pending.add(entry);
    recent.put(entry.position(), now);
    end = entry.position();
    lastTimestampMillis = entry.timestampMillis();
  }

  /// Lets a log that never held anything begin behind `position`.
  void beginBehind(Position position) {
    check(end.index() == 0 && holes.isEmpty(), "a log with entries begins elsewhere");
    base = position;
    end = position;
    pending.skipTo(position.index());
    recent.skipTo(position.index());
  }

  /// Lets go of everything up to `position`: it is not looked up any more.
  void release(Position position) {
    check(position.index() <= durableIndex, "what is not durable would be released");
    base = position;
  }

  Position base() {
    return base;
  }

  /// Notes that everything up to `index` is durable; beyond what was written only when the chain
  /// has joined what stands behind a hole.
  ///
  /// @return whether a hole was closed
  boolean durable(long index) {
    check(index >= durableIndex, "the durable index falls");
    boolean closed = holes.closeThrough(index);
    check(index <= end.index() || closed, "durable beyond what was written");
    if (index > end.index()) {
      pending.removeThrough(end.index());
      goOnBehind(index);
    }
    durableIndex = index;
    pending.removeThrough(index);
    return closed;
  }

  private void goOnBehind(long index) {
    Entry last = log.entryAt(index);
    pending.skipTo(index);
    recent.skipTo(index);
    end = last.position();
    lastTimestampMillis = last.timestampMillis();
  }

  Holes holes() {
    return holes;
  }

  Position end() {
    return end;
  }

  long lastIndex() {
    return end.index();
  }

  long durableIndex() {
    return durableIndex;
  }

  boolean isDurable() {
    return durableIndex == end.index();
  }

  int undurableEntries() {
    return pending.size();
  }

  long undurableBytes() {
    return pending.bytes();
  }

  /// @param index 0, or the index of [#base] to [#lastIndex]
  Position positionAt(long index) {
    if (index == end.index()) {
      return end;
    }
    if (index == base.index()) {
      return base;
    }
    Position remembered = recent.positionAt(index);
    return remembered != null ? remembered : log.positionAt(index);
  }

  /// @param index behind [#base], up to [#lastIndex]
  Entry entryAt(long index) {
    return pending.holds(index) ? pending.get(index) : log.entryAt(index);
  }

  /// How another node's position relates to the durable part of this log.
  Relation relationOf(Position position) {
    if (position.index() > durableIndex) {
      return Relation.AHEAD;
    }
    if (position.index() > 0 && position.index() < base.index()) {
      return Relation.RELEASED;
    }
    return positionAt(position.index()).equals(position) ? Relation.EQUAL : Relation.DIFFERENT;
  }

  /// Nanoseconds since `index` was appended by this process, -1 when not known.
  long elapsedNanos(long index, long now) {
    return recent.elapsedNanos(index, now);
  }

  /// What a position of another node proves.
  enum Relation {
    /// Both hold the same prefix up to there.
    EQUAL,
    /// The other holds other entries.
    DIFFERENT,
    /// The other ends before the first entry kept here; nothing is proven.
    RELEASED,
    /// The other holds more than is durable here; nothing is proven.
    AHEAD
  }
}
