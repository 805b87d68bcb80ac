package io.replog.replication.follower;

import java.util.ArrayDeque;
import java.util.SplittableRandom;

/// When accepted entries may be appended.
///
/// Every arrival is due its delay after it came, but never before the one in front of it. Delays
/// run side by side: what arrives together is due together. With a jitter every arrival draws its
/// own delay, up to that much shorter or longer; the same seed draws the same.
final class DelaySchedule {

  /// Everything up to `lastIndex` may be appended at `dueNanos`.
  private record Due(long dueNanos, long lastIndex) {}

  /// In order of both time and index.
  private final ArrayDeque<Due> waiting = new ArrayDeque<>();

  private long delayNanos;
  private long jitterNanos;
  private SplittableRandom random = new SplittableRandom(0);

  /// What the last arrival has drawn.
  private long drawnNanos;

  DelaySchedule(long delayNanos) {
    this.delayNanos = delayNanos;
    this.drawnNanos = delayNanos;
  }

  void arrive(long lastIndex, long nowNanos) {
    drawnNanos = draw();
    add(lastIndex, nowNanos + drawnNanos);
  }

  /// What this node had held before may be appended at once.
  void arriveAgain(long lastIndex, long nowNanos) {
    add(lastIndex, nowNanos);
  }

  private long draw() {
    return jitterNanos == 0
        ? delayNanos
        : Math.max(0, random.nextLong(delayNanos - jitterNanos, delayNanos + jitterNanos + 1));
  }

  private void add(long lastIndex, long due) {
    Due before = waiting.peekLast();
    waiting.add(new Due(before == null ? due : Math.max(due, before.dueNanos()), lastIndex));
  }

  /// Another delay for what arrives later; what waits already waits no longer than the longest that
  /// this may draw either.
  ///
  /// @param seed of the draws from here on
  void change(long newDelayNanos, long newJitterNanos, long seed, long nowNanos) {
    delayNanos = newDelayNanos;
    jitterNanos = newJitterNanos;
    random = new SplittableRandom(seed);
    long latest = nowNanos + longestNanos();
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

  /// The longest that an arrival may have to wait.
  long longestNanos() {
    return delayNanos + jitterNanos;
  }

  /// What the last arrival has drawn; the delay before the first.
  long drawnNanos() {
    return drawnNanos;
  }

  /// `Long.MAX_VALUE` when nothing waits.
  long nextDueNanos() {
    Due first = waiting.peek();
    return first == null ? Long.MAX_VALUE : first.dueNanos();
  }
}
