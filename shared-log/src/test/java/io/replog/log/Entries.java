package io.replog.log;

import io.replog.model.Entry;
import io.replog.model.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// Entries for tests, all of one log.
final class Entries {

  static final String LOG_ID = "9c5b94b1-35ad-49bb-b118-8e8fc24abf80";

  private Entries() {}

  /// `count` entries behind `previous`; every third has a key.
  static List<Entry> behind(Position previous, int count) {
    return behind(previous, count, i -> "message " + i);
  }

  static List<Entry> behind(Position previous, int count, IntFunction<String> text) {
    List<Entry> entries = new ArrayList<>();
    Position last = previous;
    for (int i = 0; i < count; i++) {
      int number = (int) last.index() + 1;
      String key = number % 3 == 0 ? "key-" + number : null;
      Entry entry = Entry.after(last, 1, 1_000 + number, key, text.apply(number));
      entries.add(entry);
      last = entry.position();
    }
    return entries;
  }
}
