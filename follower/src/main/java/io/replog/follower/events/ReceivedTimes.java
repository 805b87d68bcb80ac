package io.replog.follower.events;

import java.util.ArrayDeque;
import java.util.Deque;

/// When the last entries were received, to say how long they waited. Owner: whoever owns the core.
final class ReceivedTimes {

  private static final int MAX_NOTES = 4_096;

  private final Deque<Note> notes = new ArrayDeque<>();

  private record Note(long toIndex, long nanos) {}

  void note(long toIndex, long nowNanos) {
    if (notes.size() == MAX_NOTES) {
      notes.removeFirst();
    }
    notes.addLast(new Note(toIndex, nowNanos));
  }

  /// Nanoseconds since the batch that holds `index` was received, -1 when that is not known.
  long take(long index, long nowNanos) {
    while (!notes.isEmpty() && notes.getFirst().toIndex() < index) {
      notes.removeFirst();
    }
    return notes.isEmpty() ? -1 : nowNanos - notes.getFirst().nanos();
  }
}
