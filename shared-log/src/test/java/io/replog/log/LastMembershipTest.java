package io.replog.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.Entry;
import io.replog.model.EntryKind;
import io.replog.model.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The last entry that says who belongs to the cluster is known at a start, with seals and without.
class LastMembershipTest {

  private static final int COUNT = 300;

  @TempDir private Path parent;
  private final Heard heard = new Heard();

  @ParameterizedTest
  @ValueSource(ints = {1, 150, COUNT})
  void saysWhichEntryIsTheLast(int last) throws IOException {
    write(entries(new HashSet<>(List.of(1, last))));

    assertThat(reopened()).as("with seals").isEqualTo(last);
    deleteSeals();
    assertThat(reopened()).as("without seals").isEqualTo(last);
  }

  @Test
  void saysThatThereIsNone() throws IOException {
    write(entries(Set.of()));

    assertThat(reopened()).isZero();
  }

  @Test
  void fallsBackToTheOneBeforeWhenTheLastRecordIsCut() throws IOException {
    write(entries(Set.of(COUNT - 1, COUNT)));
    deleteSeals();
    Path last = segments().getLast();
    byte[] bytes = Files.readAllBytes(last);
    int at = lastNonZero(bytes);
    bytes[at] ^= 1;
    Files.write(last, bytes);
    Files.delete(parent.resolve("data").resolve("commit"));

    assertThat(reopened()).isLessThan(COUNT);
  }

  private static int lastNonZero(byte[] bytes) {
    int at = bytes.length - 1;
    while (bytes[at] == 0) {
      at--;
    }
    return at;
  }

  private void write(List<Entry> entries) throws IOException {
    try (DurableLog log = open()) {
      log.append(Entries.LOG_ID, entries);
      heard.awaitDurable(COUNT);
    }
  }

  private long reopened() throws IOException {
    try (DurableLog log = open()) {
      return log.recovery().membershipIndex();
    }
  }

  private void deleteSeals() throws IOException {
    for (Path seal : files(".seal")) {
      Files.delete(seal);
    }
  }

  private List<Path> segments() throws IOException {
    return files(".log");
  }

  private List<Path> files(String ending) throws IOException {
    try (Stream<Path> all = Files.list(parent.resolve("data"))) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static List<Entry> entries(Set<Integer> memberships) {
    List<Entry> entries = new ArrayList<>();
    Position end = Position.START;
    for (int index = 1; index <= COUNT; index++) {
      EntryKind kind = memberships.contains(index) ? EntryKind.MEMBERSHIP : EntryKind.MESSAGE;
      Entry entry = Entry.after(end, 1, 1_000, kind, null, "f joins\nf http://f:1 eager");
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
