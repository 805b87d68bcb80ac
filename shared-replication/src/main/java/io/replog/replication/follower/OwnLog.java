package io.replog.replication.follower;

import static io.replog.replication.BrokenInvariantException.check;

import io.replog.model.Entry;
import io.replog.model.Position;
import io.replog.replication.Holes;
import io.replog.replication.LogView;
import io.replog.replication.PendingEntries;
import java.util.List;

/// The follower's own log as the core knows it: what is durable, what is being written, and what is
/// accepted but waits for its delay.
///
/// Invariant: `durable.index <= writtenIndex <= accepted.index`; everything behind the durable end
/// is in `pending`. Only [#dropDelayed] takes anything back, and only what was never written. While
/// there are holes nothing is accepted behind the first one, and nothing is delayed.
final class OwnLog {

  private final LogView log;
  private final PendingEntries pending;
  private final DelaySchedule schedule;
  private final Holes holes;

  /// End of the gap-free prefix that was accepted.
  private Position accepted;

  /// The entry before the first one that this node ever had, or has.
  private Position base;

  /// Nothing up to here is looked up any more, because it may be gone; at least the base.
  private long releasedIndex;

  /// Last index handed to the log.
  private long writtenIndex;

  /// End of what a power cut cannot take any more: all that is ever acknowledged.
  private Position durable;

  OwnLog(LogView log, Position end, Holes holes, long delayNanos) {
    this.log = log;
    this.holes = holes;
    this.accepted = end;
    this.durable = end;
    this.base = log.base();
    this.releasedIndex = base.index();
    this.writtenIndex = end.index();
    this.pending = new PendingEntries(end.index());
    this.schedule = new DelaySchedule(delayNanos);
  }

  /// Takes entries right behind the accepted end; they are written when their delay is over.
  void accept(List<Entry> entries, long nowNanos) {
    check(
        entries.isEmpty() || entries.getLast().index() <= holes.lastWritableIndex(),
        "entries behind a hole would be written again");
    for (Entry entry : entries) {
      pending.add(entry);
      accepted = entry.position();
    }
    if (holes.isEmpty()) {
      schedule.arrive(accepted.index(), nowNanos);
    } else {
      schedule.arriveAgain(accepted.index(), nowNanos);
    }
  }

  /// Lets a log that never held anything begin behind `position`.
  void beginBehind(Position position) {
    check(accepted.index() == 0 && holes.isEmpty(), "a log with entries begins elsewhere");
    base = position;
    releasedIndex = position.index();
    accepted = position;
    writtenIndex = position.index();
    pending.skipTo(position.index());
  }

  /// Lets go of everything up to `index`, which is durable.
  void letGo(long index) {
    check(index <= durable.index(), "what is not durable would be released");
    releasedIndex = Math.max(releasedIndex, index);
  }

  long releasedIndex() {
    return releasedIndex;
  }

  long baseIndex() {
    return base.index();
  }

  /// The entries to write now, in order.
  List<Entry> release(long nowNanos) {
    long lastIndex = schedule.release(nowNanos);
    if (lastIndex <= writtenIndex) {
      return List.of();
    }
    List<Entry> due = pending.range(writtenIndex + 1, lastIndex);
    writtenIndex = lastIndex;
    return due;
  }

  /// Everything up to `index` is durable; beyond what was written only when the chain has joined
  /// what stands behind a hole.
  ///
  /// @return whether a hole was closed
  boolean durable(long index) {
    check(index >= durable.index(), "the durable index falls");
    boolean closed = holes.closeThrough(index);
    check(index <= writtenIndex || closed, "durable beyond what was written");
    if (index > writtenIndex) {
      pending.removeThrough(writtenIndex);
      pending.skipTo(index);
      writtenIndex = index;
      accepted = log.positionAt(index);
    }
    durable = positionAt(index);
    pending.removeThrough(index);
    return closed;
  }

  /// Forgets what waits for its delay.
  void dropDelayed() {
    schedule.clear();
    accepted = positionAt(writtenIndex);
    pending.removeBehind(writtenIndex);
  }

  void changeDelay(FollowerInput.DelayChanged changed, long nowNanos) {
    schedule.change(changed.delayNanos(), changed.jitterNanos(), changed.seed(), nowNanos);
  }

  /// @param index the released index to the accepted end
  Position positionAt(long index) {
    if (index == accepted.index()) {
      return accepted;
    }
    if (index == durable.index()) {
      return durable;
    }
    if (index == base.index()) {
      return base;
    }
    return pending.holds(index) ? pending.get(index).position() : log.positionAt(index);
  }

  /// @param index 1 to the accepted end
  Entry entryAt(long index) {
    return pending.holds(index) ? pending.get(index) : log.entryAt(index);
  }

  Position accepted() {
    return accepted;
  }

  long acceptedIndex() {
    return accepted.index();
  }

  /// Last index handed to the log; whatever is behind it can still be taken back.
  long writtenIndex() {
    return writtenIndex;
  }

  Position durable() {
    return durable;
  }

  long durableIndex() {
    return durable.index();
  }

  Holes holes() {
    return holes;
  }

  /// Whether the first hole is filled as far as is known here, and nothing fits before the log has
  /// said that the chain joins.
  boolean awaitsJoin() {
    return accepted.index() >= holes.lastWritableIndex();
  }

  /// Bytes of text that are accepted but not durable.
  long pendingBytes() {
    return pending.bytes();
  }

  int delayedEntries() {
    return (int) (accepted.index() - writtenIndex);
  }

  /// The longest that an entry may have to wait.
  long longestDelayNanos() {
    return schedule.longestNanos();
  }

  /// How long what arrived last waits; nothing does while there are holes.
  long delayOfArrivalsNanos() {
    return holes.isEmpty() ? schedule.drawnNanos() : 0;
  }

  long nextDueNanos() {
    return schedule.nextDueNanos();
  }
}
