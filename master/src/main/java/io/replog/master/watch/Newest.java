package io.replog.master.watch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Counts everything and keeps the newest. Not for several threads.
final class Newest<T> {

  private final int atMost;
  private final Deque<T> kept;
  private long count;

  Newest(int atMost) {
    this.atMost = atMost;
    this.kept = new ArrayDeque<>(atMost);
  }

  void add(T item) {
    if (kept.size() == atMost) {
      kept.removeFirst();
    }
    kept.addLast(item);
    count++;
  }

  /// Counts some that are not worth keeping.
  void pass(long items) {
    count += items;
  }

  /// All there were.
  long count() {
    return count;
  }

  /// Oldest first.
  List<T> kept() {
    return List.copyOf(kept);
  }
}
