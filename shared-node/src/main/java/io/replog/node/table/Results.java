package io.replog.node.table;

import io.replog.table.Applied;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What transactions have read, for those who wait for it: of the last [#MAX_RECENT] transactions,
/// and of each that somebody has said that he waits for, however long that takes. Of both at most
/// [#MAX_CHARACTERS] of values, since they may have left the table. For any thread; the lock is
/// held for work in memory only.
final class Results {

  static final int MAX_RECENT = 1_024;
  static final long MAX_CHARACTERS = 4 << 20;

  /// What is waited for, null before it is known; at most as many as there are open calls.
  private final Map<Long, @Nullable Reads> expected = new HashMap<>();

  private final ArrayDeque<Reads> recent = new ArrayDeque<>();
  private long expectedCharacters;
  private long recentCharacters;

  /// What one transaction has read.
  ///
  /// @param index of its entry
  /// @param values one for each read, in their order; null = no such key
  private record Reads(long index, List<@Nullable String> values) {
    long characters() {
      long characters = 1;
      for (String value : values) {
        characters += value == null ? 1 : 1 + value.length();
      }
      return characters;
    }
  }

  /// Somebody waits for the transaction at `index`, until [#forget].
  synchronized void expect(long index) {
    expected.putIfAbsent(index, null);
  }

  synchronized void forget(long index) {
    Reads kept = expected.remove(index);
    expectedCharacters -= kept == null ? 0 : kept.characters();
  }

  /// Whether somebody waits for any.
  synchronized boolean isExpecting() {
    return !expected.isEmpty();
  }

  /// A transaction was carried out.
  synchronized void add(Applied applied) {
    Reads reads = new Reads(applied.index(), applied.reads());
    long characters = reads.characters();
    if (characters <= MAX_CHARACTERS) {
      remember(reads, characters);
    }
    if (expected.containsKey(reads.index())) {
      keep(reads, characters);
    }
  }

  /// What the transaction at `index` has read, null when that is not known any more.
  synchronized @Nullable List<@Nullable String> find(long index) {
    Reads kept = expected.get(index);
    return kept == null ? findRecent(index) : kept.values();
  }

  /// The log is another one, or ends earlier than before.
  synchronized void clear() {
    recent.clear();
    recentCharacters = 0;
  }

  private void keep(Reads reads, long characters) {
    forget(reads.index());
    boolean fits = expectedCharacters + characters <= MAX_CHARACTERS;
    expected.put(reads.index(), fits ? reads : null);
    expectedCharacters += fits ? characters : 0;
  }

  private void remember(Reads reads, long characters) {
    recent.addLast(reads);
    recentCharacters += characters;
    while (recent.size() > MAX_RECENT || recentCharacters > MAX_CHARACTERS) {
      recentCharacters -= recent.removeFirst().characters();
    }
  }

  private @Nullable List<@Nullable String> findRecent(long index) {
    for (Reads reads : recent) {
      if (reads.index() == index) {
        return reads.values();
      }
    }
    return null;
  }
}
