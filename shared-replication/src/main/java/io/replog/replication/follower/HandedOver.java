package io.replog.replication.follower;

import java.util.ArrayDeque;

/// When the last entries were handed to the log, to say how long a batch was held before. Asked in
/// the order of the log.
final class HandedOver {

  private static final int MAX_NOTES = 1_024;

  private record Note(long lastIndex, long nanos) {}

  private final ArrayDeque<Note> notes = new ArrayDeque<>();

  void note(long lastIndex, long nowNanos) {
    if (notes.size() == MAX_NOTES) {
      notes.removeFirst();
    }
    notes.addLast(new Note(lastIndex, nowNanos));
  }

  /// When `index` was handed over, `otherwise` when that is not known any more.
  long nanosOf(long index, long otherwise) {
    while (!notes.isEmpty() && notes.getFirst().lastIndex() < index) {
      notes.removeFirst();
    }
    return notes.isEmpty() ? otherwise : notes.getFirst().nanos();
  }
}
