package io.replog.replication;

import static io.replog.replication.BrokenInvariantException.check;

import io.replog.model.Entry;
import io.replog.model.Utf8;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The entries behind the durable end of a node: they have their place in the order, but a power
/// cut may still take them. Found by index in constant time. It grows with use; who adds decides
/// about bounds by [#size] and [#bytes].
///
/// Invariant: it holds exactly the indexes `first` to `last`, without gap.
public final class PendingEntries {

  private static final int INITIAL_CAPACITY = 16;

  /// Entry `i` is at `i & (capacity - 1)`; the capacity is a power of two.
  private @Nullable Entry[] ring = new @Nullable Entry[INITIAL_CAPACITY];

  /// Lowest index held; one more than `last` when nothing is.
  private long first;

  /// Highest index held, or the durable end when nothing is.
  private long last;

  /// Bytes of text held.
  private long bytes;

  /// @param durableIndex the end behind which entries will come
  public PendingEntries(long durableIndex) {
    this.first = durableIndex + 1;
    this.last = durableIndex;
  }

  /// Takes the entry right behind the last one.
  public void add(Entry entry) {
    check(
        entry.index() == last + 1,
        () -> "entry #" + entry.index() + " does not come behind #" + last);
    if (size() == ring.length) {
      grow();
    }
    ring[slot(entry.index())] = entry;
    last = entry.index();
    bytes += Utf8.length(entry.text());
  }

  public boolean holds(long index) {
    return index >= first && index <= last;
  }

  /// The entry at `index`, which must be held.
  public Entry get(long index) {
    Entry entry = holds(index) ? ring[slot(index)] : null;
    if (entry == null) {
      throw new BrokenInvariantException("entry #" + index + " is not pending");
    }
    return entry;
  }

  /// The entries `from` to `to`, both included; empty when `from` is above `to`.
  public List<Entry> range(long from, long to) {
    List<Entry> entries = new ArrayList<>((int) Math.max(0, to - from + 1));
    for (long index = from; index <= to; index++) {
      entries.add(get(index));
    }
    return entries;
  }

  /// Lets go of everything up to `index`: it is durable now.
  public void removeThrough(long index) {
    while (first <= index && first <= last) {
      bytes -= clear(first);
      first++;
    }
  }

  /// Lets go of everything behind `index`: it will not be written.
  public void removeBehind(long index) {
    while (last > index && last >= first) {
      bytes -= clear(last);
      last--;
    }
  }

  /// Goes on behind `index`. Nothing may be held.
  public void skipTo(long index) {
    check(size() == 0 && index >= last, "pending entries would be lost");
    first = index + 1;
    last = index;
  }

  public int size() {
    return (int) (last - first + 1);
  }

  public long bytes() {
    return bytes;
  }

  private int clear(long index) {
    Entry entry = get(index);
    ring[slot(index)] = null;
    return Utf8.length(entry.text());
  }

  private void grow() {
    @Nullable Entry[] smaller = ring;
    ring = new @Nullable Entry[smaller.length * 2];
    for (long index = first; index <= last; index++) {
      ring[slot(index)] = smaller[(int) (index & (smaller.length - 1))];
    }
  }

  private int slot(long index) {
    return (int) (index & (ring.length - 1));
  }
}
