package io.replog.benchmarks.micro;

import io.replog.model.Entry;
import io.replog.model.Position;
import java.util.ArrayList;
import java.util.List;

/// What the inner parts are given.
final class Samples {

  /// 100 bytes.
  static final String TEXT = "0123456789".repeat(10);

  static final long EPOCH = 1;

  private static final long TIMESTAMP_MILLIS = 1_700_000_000_000L;

  private Samples() {}

  /// So many entries behind `previous`.
  static List<Entry> entriesBehind(Position previous, int count) {
    List<Entry> entries = new ArrayList<>(count);
    Position end = previous;
    for (int number = 0; number < count; number++) {
      Entry entry = Entry.after(end, EPOCH, TIMESTAMP_MILLIS, null, TEXT);
      entries.add(entry);
      end = entry.position();
    }
    return entries;
  }
}
