package io.replog.node.table;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The changes of the last transactions, as events: at most [#MAX_TRANSACTIONS] of [#MAX_BYTES].
/// From whatever entry on it has all of them, a tail can begin. For any thread.
final class RecentChanges {

  static final int MAX_TRANSACTIONS = 10_000;
  static final long MAX_BYTES = 8 << 20;

  /// A transaction that changes more is not kept, and nothing before it.
  static final long MAX_CHARACTERS = 2 << 20;

  private final ArrayDeque<Events> recent = new ArrayDeque<>();
  private long bytes;

  /// First entry from which on no change is missing.
  private long firstIndex = 1;

  /// The events of one transaction.
  ///
  /// @param index of its entry
  /// @param bytes as they are sent; not to be changed
  @SuppressWarnings("ArrayRecordComponent")
  record Events(long index, byte[] bytes) {}

  /// Nothing before `first` is known any more.
  synchronized void restart(long first) {
    recent.clear();
    bytes = 0;
    firstIndex = first;
  }

  synchronized void add(Events events) {
    recent.addLast(events);
    bytes += events.bytes().length;
    while (recent.size() > 1 && (recent.size() > MAX_TRANSACTIONS || bytes > MAX_BYTES)) {
      Events oldest = recent.removeFirst();
      bytes -= oldest.bytes().length;
      firstIndex = oldest.index() + 1;
    }
  }

  synchronized long firstIndex() {
    return firstIndex;
  }

  /// Some from entry `from` on, at most `maxTransactions`; null when some of them are gone.
  synchronized @Nullable List<Events> from(long from, int maxTransactions) {
    if (from < firstIndex) {
      return null;
    }
    ArrayDeque<Events> found = new ArrayDeque<>();
    Iterator<Events> newestFirst = recent.descendingIterator();
    while (newestFirst.hasNext()) {
      Events events = newestFirst.next();
      if (events.index() < from) {
        break;
      }
      found.addFirst(events);
    }
    return found.stream().limit(maxTransactions).toList();
  }
}
