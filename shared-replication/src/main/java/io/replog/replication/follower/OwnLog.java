package io.replog.replication.follower;

import static io.replog.replication.BrokenInvariantException.check;

import io.replog.model.Entry;
import io.replog.model.Position;
import io.replog.replication.LogView;
import io.replog.replication.PendingEntries;
import java.util.List;

/// The follower's own log as the core knows it: what is durable, what is being written, and what is
/// accepted but waits for its delay.
///
/// Invariant: `durable.index <= writtenIndex <= accepted.index`; everything behind the durable end
/// is in `pending`. Only [#dropDelayed] takes anything back, and only what was never written.
final class OwnLog {

  private final LogView log;
  private final PendingEntries pending;
  private final DelaySchedule schedule;

  /// End of the gap-free prefix that was accepted.
  private Position accepted;

  /// Last index handed to the log.
  private long writtenIndex;

  /// End of what a power cut cannot take any more: all that is ever acknowledged.
  private Position durable;

  OwnLog(LogView log, Position end, long delayNanos) {
    this.log = log;
    this.accepted = end;
    this.durable = end;
    this.writtenIndex = end.index();
    this.pending = new PendingEntries(end.index());
    this.schedule = new DelaySchedule(delayNanos);
  }

  /// Takes entries right behind the accepted end; they are written when their delay is over.
  void accept(List<Entry> entries, long nowNanos) {
    for (Entry entry : entries) {
      pending.add(entry);
      accepted = entry.position();
    }
    schedule.arrive(accepted.index(), nowNanos);
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

  void durable(long index) {
    check(index <= writtenIndex, "durable beyond what was written");
    check(index >= durable.index(), "the durable index falls");
    durable = positionAt(index);
    pending.removeThrough(index);
  }

  /// Forgets what waits for its delay.
  void dropDelayed() {
    schedule.clear();
    accepted = positionAt(writtenIndex);
    pending.removeBehind(writtenIndex);
  }

  void changeDelay(long delayNanos, long nowNanos) {
    schedule.change(delayNanos, nowNanos);
  }

  /// @param index 0 to the accepted end
  Position positionAt(long index) {
    if (index == accepted.index()) {
      return accepted;
    }
    if (index == durable.index()) {
      return durable;
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

  /// Bytes of text that are accepted but not durable.
  long pendingBytes() {
    return pending.bytes();
  }

  int delayedEntries() {
    return (int) (accepted.index() - writtenIndex);
  }

  long delayNanos() {
    return schedule.delayNanos();
  }

  long nextDueNanos() {
    return schedule.nextDueNanos();
  }
}
