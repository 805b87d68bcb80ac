package io.replog.table;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of a transaction at its place in the order.
///
/// @param index of its entry
/// @param reads a value for each read, in their order; null = no such key
/// @param changes one for each key written, in the order of their first writes
public record Applied(long index, List<@Nullable String> reads, List<Change> changes) {

  public Applied {
    reads = Collections.unmodifiableList(reads);
    changes = List.copyOf(changes);
  }

  /// Characters of all values that were written, and of those that were there before.
  public long changedCharacters() {
    return changes.stream()
        .mapToLong(change -> change.value().length() + length(change.oldValue()))
        .sum();
  }

  private static long length(@Nullable String value) {
    return value == null ? 0 : value.length();
  }
}
