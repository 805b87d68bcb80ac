package io.replog.replication.simulation;

import java.util.PriorityQueue;

/// Virtual time and everything that is still to happen. Events run in the order of their time, and
/// in the order in which they were planned where the time is the same.
final class SimulatedClock {

  private record Event(long atNanos, long sequence, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(atNanos, other.atNanos);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long nowNanos;
  private long sequence;

  /// @param startNanos the first moment; any number, as with `System.nanoTime`
  SimulatedClock(long startNanos) {
    nowNanos = startNanos;
  }

  long nowNanos() {
    return nowNanos;
  }

  /// Plans `action` for `delayNanos` from now, at least 0.
  void after(long delayNanos, Runnable action) {
    events.add(new Event(nowNanos + Math.max(0, delayNanos), sequence++, action));
  }

  /// Runs the next event if it is due by `untilNanos`; else moves time there.
  ///
  /// @return whether an event ran
  boolean runNext(long untilNanos) {
    Event next = events.peek();
    if (next == null || next.atNanos > untilNanos) {
      nowNanos = Math.max(nowNanos, untilNanos);
      return false;
    }
    events.remove();
    nowNanos = next.atNanos;
    next.action.run();
    return true;
  }
}
