package io.replog.replication.follower;

import java.util.ArrayDeque;

/// When accepted entries may be appended.
///
/// Every arrival is due its delay after it came, but never before the one in front of it. Delays
/// run side by side: what arrives together is due together.
final class DelaySchedule {

  /// Everything up to `lastIndex` may be appended at `dueNanos`.
  private record Due(long dueNanos, long lastIndex) {}

  /// In order of both time and index.
  private final ArrayDeque<Due> waiting = new ArrayDeque<>();

  private long delayNanos;

  DelaySchedule(long delayNanos) {
    this.delayNanos = delayNanos;
  }

  void arrive(long lastIndex, long nowNanos) {
    add(lastIndex, nowNanos + delayNanos);
  }

  /// What this node had held before may be appended at once.
  void arriveAgain(long lastIndex, long nowNanos) {
    add(lastIndex, nowNanos);
  }

  private void add(long lastIndex, long due) {
    Due before = waiting.peekLast();
    waiting.add(new Due(before == null ? due : Math.max(due, before.dueNanos()), lastIndex));
  }

  /// Another delay for what arrives later; what waits already waits no longer than that either.
  void change(long newDelayNanos, long nowNanos) {
    delayNanos = newDelayNanos;
    long latest = nowNanos + newDelayNanos;
    for (int i = waiting.size(); i > 0; i--) {
      Due due = waiting.remove();
      waiting.add(new Due(Math.min(due.dueNanos(), latest), due.lastIndex()));
    }
  }

  /// Takes out what is due and returns the last index of it, 0 when nothing is.
  long release(long nowNanos) {
    long lastIndex = 0;
    while (nextDueNanos() <= nowNanos) {
      lastIndex = waiting.remove().lastIndex();
    }
    return lastIndex;
  }

  void clear() {
    waiting.clear();
  }

  long delayNanos() {
    return delayNanos;
  }

  /// `Long.MAX_VALUE` when nothing waits.
  long nextDueNanos() {
    Due first = waiting.peek();
    return first == null ? Long.MAX_VALUE : first.dueNanos();
  }
}
