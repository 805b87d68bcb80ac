package io.replog.replication;

import io.replog.model.Entry;
import io.replog.model.Position;
import java.util.ArrayList;
import java.util.List;

/// A log in memory, for tests.
public final class MemoryLog implements LogView {

  private final List<Entry> entries = new ArrayList<>();

  /// A log of `count` entries `m1`, `m2`, … of one epoch.
  public static MemoryLog of(long epoch, int count) {
    MemoryLog log = new MemoryLog();
    for (int i = 1; i <= count; i++) {
      log.append(epoch, null, "m" + i);
    }
    return log;
  }

  public MemoryLog copy() {
    MemoryLog copy = new MemoryLog();
    copy.entries.addAll(entries);
    return copy;
  }

  public Entry append(long epoch, String key, String text) {
    Entry entry = Entry.after(end(), epoch, 1_000, key, text);
    entries.add(entry);
    return entry;
  }

  public void write(List<Entry> more) {
    for (Entry entry : more) {
      if (!entry.follows(end())) {
        throw new AssertionError(entry + " does not follow " + end());
      }
      entries.add(entry);
    }
  }

  public Position end() {
    return positionAt(entries.size());
  }

  public List<Entry> behind(long index) {
    return List.copyOf(entries.subList((int) index, entries.size()));
  }

  public List<String> texts() {
    return entries.stream().map(Entry::text).toList();
  }

  @Override
  public Position positionAt(long index) {
    return index == 0 ? Position.START : entryAt(index).position();
  }

  @Override
  public Entry entryAt(long index) {
    return entries.get((int) index - 1);
  }
}
