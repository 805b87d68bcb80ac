package io.replog.replication.follower;

import io.replog.model.Utf8;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Plain messages ahead of a gap, within bounds. They wait as long as the process runs, for a hand
/// has time.
final class HeldMessages {

  /// @param timestampMillis wall clock when it came, milliseconds since 1970
  record Held(String text, long timestampMillis) {}

  private final int maxEntries;
  private final long maxBytes;
  private final TreeMap<Long, Held> byIndex = new TreeMap<>();
  private long bytes;

  HeldMessages(FollowerSettings settings) {
    this.maxEntries = settings.maxHeldEntries();
    this.maxBytes = settings.maxHeldBytes();
  }

  /// Holds a message at an index where none is held, if there is room for it.
  boolean hold(long index, String text, long timestampMillis) {
    int size = Utf8.length(text);
    if (byIndex.size() >= maxEntries || bytes + size > maxBytes) {
      return false;
    }
    byIndex.put(index, new Held(text, timestampMillis));
    bytes += size;
    return true;
  }

  @Nullable Held at(long index) {
    return byIndex.get(index);
  }

  /// Takes out the message at `index`, or null.
  @Nullable Held poll(long index) {
    Held held = byIndex.remove(index);
    bytes -= held == null ? 0 : Utf8.length(held.text());
    return held;
  }

  void clear() {
    byIndex.clear();
    bytes = 0;
  }

  int entries() {
    return byIndex.size();
  }
}
