package io.replog.replication.master;

import io.replog.model.Entry;
import java.util.Arrays;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Finds the entry of a key among the last keyed entries. It stores no text and no key: a 64-bit
/// hash leads to an index, and the entry itself is read to decide. It grows with use, to 24 bytes
/// an entry.
///
/// Invariants: `hashes[s]` and `indexes[s]` describe the same entry; every live ring slot is in
/// `table` exactly once; at most half of `table` is used.
final class IdempotencyTable {

  private static final int INITIAL_CAPACITY = 64;
  private static final long BASIS = 0xcbf29ce484222325L;

  /// Reads an entry by its index.
  private final LongFunction<Entry> entries;

  /// Keyed entries remembered at most.
  private final int maxEntries;

  /// Begins every hash; different in each process, so that no set of keys collides in all of them.
  private final long seed;

  /// Hash of the key in each ring slot.
  private long[] hashes;

  /// Log index in each ring slot.
  private long[] indexes;

  /// Open addressing with linear probing: ring slot and one, 0 where free.
  private int[] table;

  /// Keyed entries remembered now.
  private int count;

  /// Ring slot of the oldest one.
  private int oldest;

  /// @param seed unlike that of any other process
  IdempotencyTable(int maxEntries, LongFunction<Entry> entries, String seed) {
    this.seed = hashOf(seed, BASIS);
    this.maxEntries = maxEntries;
    this.entries = entries;
    int capacity = Math.min(INITIAL_CAPACITY, maxEntries);
    this.hashes = new long[capacity];
    this.indexes = new long[capacity];
    this.table = new int[tableSize(capacity)];
  }

  /// The remembered entry with this key, or null.
  @Nullable Entry find(String key) {
    long hash = hashOf(key, seed);
    for (int at = home(hash); table[at] != 0; at = behind(at)) {
      int slot = table[at] - 1;
      if (hashes[slot] == hash) {
        Entry entry = entries.apply(indexes[slot]);
        if (key.equals(entry.key())) {
          return entry;
        }
      }
    }
    return null;
  }

  /// Remembers the entry if it has a key; forgets the oldest one when there are too many.
  void remember(Entry entry) {
    if (entry.key() == null || maxEntries == 0) {
      return;
    }
    if (count == maxEntries) {
      forgetOldest();
    } else if (count == hashes.length) {
      grow();
    }
    int slot = (oldest + count++) % hashes.length;
    hashes[slot] = hashOf(entry.key(), seed);
    indexes[slot] = entry.index();
    link(slot);
  }

  /// Forgets the keys of all entries up to `index`.
  void forgetThrough(long index) {
    while (count > 0 && indexes[oldest] <= index) {
      forgetOldest();
    }
  }

  int size() {
    return count;
  }

  private void forgetOldest() {
    unlink(oldest);
    oldest = (oldest + 1) % hashes.length;
    count--;
  }

  private void grow() {
    int capacity = (int) Math.min(maxEntries, hashes.length * 2L);
    hashes = inOrder(hashes, capacity);
    indexes = inOrder(indexes, capacity);
    oldest = 0;
    table = new int[tableSize(capacity)];
    for (int slot = 0; slot < count; slot++) {
      link(slot);
    }
  }

  /// The elements of a ring, the oldest first.
  private long[] inOrder(long[] ring, int capacity) {
    long[] ordered = Arrays.copyOf(Arrays.copyOfRange(ring, oldest, ring.length), capacity);
    System.arraycopy(ring, 0, ordered, ring.length - oldest, oldest);
    return ordered;
  }

  private void link(int slot) {
    int at = home(hashes[slot]);
    while (table[at] != 0) {
      at = behind(at);
    }
    table[at] = slot + 1;
  }

  /// Frees the place of `slot` and moves later ones forward, so that no search ends too early.
  private void unlink(int slot) {
    int free = home(hashes[slot]);
    while (table[free] != slot + 1) {
      free = behind(free);
    }
    for (int at = behind(free); table[at] != 0; at = behind(at)) {
      if (mayMove(home(hashes[table[at] - 1]), free, at)) {
        table[free] = table[at];
        free = at;
      }
    }
    table[free] = 0;
  }

  /// Whether an element at `at` is still found from its home when it stands at `free`.
  private static boolean mayMove(int home, int free, int at) {
    return free <= at ? home <= free || home > at : home <= free && home > at;
  }

  private int home(long hash) {
    return (int) hash & (table.length - 1);
  }

  private int behind(int at) {
    return (at + 1) & (table.length - 1);
  }

  private static int tableSize(int capacity) {
    return Integer.highestOneBit(Math.max(1, capacity)) * 4;
  }

  /// FNV-1a with a final mix, so that low bits depend on every character.
  private static long hashOf(String key, long from) {
    long hash = from;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
    }
    hash ^= hash >>> 32;
    hash *= 0xd6e8feb86659fd93L;
    return hash ^ (hash >>> 32);
  }
}
