package io.replog.log;

import io.replog.model.Entry;
import io.replog.model.Position;
import io.replog.model.Utf8;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The last entries, in memory: all that are not durable yet, and of the others as many as fit into
/// [#MAX_BYTES]. Serves followers that keep up without touching the disk.
final class RecentEntries {

  static final long MAX_BYTES = 8L << 20;

  private static final int INITIAL_SLOTS = 1024;

  /// What an entry costs beside its characters, roughly.
  private static final int OVERHEAD_BYTES = 96;

  /// A ring: the entry of index `i` is at `i & (length - 1)`.
  private @Nullable Entry[] slots = new @Nullable Entry[INITIAL_SLOTS];

  /// Lowest index held; one above the last one when empty.
  private long first;

  /// Last entry held, or where the log ended when there was none.
  private Position last;

  /// Highest index that may be evicted.
  private long durableIndex;

  private long bytes;

  RecentEntries(Position end) {
    this.first = end.index() + 1;
    this.last = end;
    this.durableIndex = end.index();
  }

  synchronized Position last() {
    return last;
  }

  synchronized void add(List<Entry> entries) {
    for (Entry entry : entries) {
      if (entry.index() - first >= slots.length) {
        grow();
      }
      slots[slot(entry.index())] = entry;
      bytes += weight(entry);
      last = entry.position();
    }
  }

  /// Forgets everything, because the log goes on elsewhere: it was joined with what was behind a
  /// hole.
  synchronized void restartBehind(Position end) {
    Arrays.fill(slots, null);
    bytes = 0;
    first = end.index() + 1;
    last = end;
    durableIndex = end.index();
  }

  /// Takes back what was added behind `end`.
  synchronized void cutBehind(Position end) {
    for (long i = end.index() + 1; i <= last.index(); i++) {
      bytes -= weight(held(i));
      slots[slot(i)] = null;
    }
    last = end;
  }

  synchronized void madeDurable(long index) {
    durableIndex = index;
    while (bytes > MAX_BYTES && first <= durableIndex) {
      bytes -= weight(held(first));
      slots[slot(first)] = null;
      first++;
    }
  }

  /// The entry, durable or not, or null when it is not held.
  synchronized @Nullable Entry get(long index) {
    return index >= first && index <= last.index() ? slots[slot(index)] : null;
  }

  /// Durable entries from `from` on, at least one if it is held, else none.
  synchronized List<Entry> range(long from, int maxEntries, int maxBytes) {
    long held = Math.clamp(durableIndex - from + 1, 0, maxEntries);
    List<Entry> found = new ArrayList<>((int) Math.min(held, INITIAL_SLOTS));
    long taken = 0;
    for (long i = from; i >= first && i <= durableIndex && found.size() < maxEntries; i++) {
      Entry entry = held(i);
      taken += textBytes(entry);
      if (taken > maxBytes && !found.isEmpty()) {
        break;
      }
      found.add(entry);
    }
    return found;
  }

  /// Length of key and text in UTF-8.
  static long textBytes(Entry entry) {
    String key = entry.key();
    return (long) Utf8.length(entry.text()) + (key == null ? 0 : Utf8.length(key));
  }

  private static long weight(Entry entry) {
    String key = entry.key();
    return OVERHEAD_BYTES + 2L * (entry.text().length() + (key == null ? 0 : key.length()));
  }

  private Entry held(long index) {
    return Objects.requireNonNull(slots[slot(index)]);
  }

  private int slot(long index) {
    return (int) index & slots.length - 1;
  }

  private void grow() {
    @Nullable Entry[] old = slots;
    slots = new @Nullable Entry[2 * old.length];
    for (long i = first; i <= last.index(); i++) {
      slots[slot(i)] = old[(int) i & old.length - 1];
    }
  }
}
