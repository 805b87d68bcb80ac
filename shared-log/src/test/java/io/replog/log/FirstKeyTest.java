package io.replog.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.Entry;
import io.replog.model.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstKeyTest {

  private static final int COUNT = 300;

  @TempDir private Path parent;
  private final Heard heard = new Heard();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 150, COUNT})
  void saysWhichEntryIsTheFirstWithAKey(int firstKeyed) throws IOException {
    try (DurableLog log = open()) {
      log.append(Entries.LOG_ID, keyedFrom(firstKeyed));
      heard.awaitDurable(COUNT);
      assertThat(log.recovery().firstKeyedIndex()).isZero();
    }

    try (DurableLog log = open()) {
      assertThat(log.recovery().firstKeyedIndex()).isEqualTo(firstKeyed);
    }
  }

  /// Several segments of entries, without a key up to the one before `first`; all when it is 0.
  private static List<Entry> keyedFrom(int first) {
    List<Entry> entries = new ArrayList<>();
    Position end = Position.START;
    for (int index = 1; index <= COUNT; index++) {
      String key = first != 0 && index >= first ? "key-" + index : null;
      Entry entry = Entry.after(end, 1, 1_000, key, "text of some length");
      entries.add(entry);
      end = entry.position();
    }
    return entries;
  }

  private DurableLog open() throws IOException {
    LogOptions options =
        LogOptions.of(parent.resolve("data"), "replog", "master").withSegmentBytes(4 << 10);
    return DurableLog.open(options, heard);
  }
}
