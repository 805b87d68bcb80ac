package io.replog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.model.Chain;
import io.replog.model.Entry;
import io.replog.model.EntryKind;
import io.replog.model.Position;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Entries that are no messages, on disk.
class KindsTest {

  private static final String UNKNOWN = "kind=of-the-future";

  private final Heard heard = new Heard();
  private final SimulatedDisk disk = new SimulatedDisk();

  @Test
  void keepsTheKindOfEveryEntryAcrossCloseAndOpen() throws IOException {
    List<Entry> entries = mixed(500);
    try (DurableLog log = open()) {
      log.append(Entries.LOG_ID, entries);
      heard.awaitDurable(500);
    }

    try (DurableLog log = open()) {
      assertThat(DurableLogTest.all(log)).isEqualTo(entries);
      assertThat(kinds(log)).isEqualTo(entries.stream().map(Entry::kind).toList());
      assertThat(log.read(2)).isEqualTo(entries.get(1));
      assertThat(log.recovery().corruption()).isEmpty();
      assertThat(log.holes()).isEmpty();
    }
  }

  @Test
  void keepsDirectoriesOfMessagesReadableForOlderPrograms() throws IOException {
    try (DurableLog log = open()) {
      log.append(Entries.LOG_ID, Entries.behind(Position.START, 10));
    }
    assertThat(meta(disk)).contains("\"format\":1");

    try (DurableLog log = open()) {
      log.append(Entries.LOG_ID, List.of(transactionBehind(log.end())));
    }

    assertThat(meta(disk)).contains("\"format\":3");
    try (DurableLog log = open()) {
      assertThat(log.durableIndex()).isEqualTo(11);
    }
  }

  @Test
  void saysWhetherThereMayBeMoreThanMessages() throws IOException {
    try (DurableLog log = open()) {
      log.append(Entries.LOG_ID, Entries.behind(Position.START, 10));
      heard.awaitDurable(10);
      assertThat(log.hasKinds()).isFalse();

      log.append(Entries.LOG_ID, List.of(transactionBehind(log.end())));
      heard.awaitDurable(11);
      assertThat(log.hasKinds()).isTrue();
      assertThat(log.hadKinds()).isFalse();
    }
    try (DurableLog log = open()) {
      assertThat(log.hasKinds()).isTrue();
      assertThat(log.hadKinds()).isTrue();
    }
  }

  /// An older program would take the entry for damaged.
  @Test
  void neverLeavesAKindOnADiskThatDoesNotSayThatThereAreKinds() throws IOException {
    SimulatedDisk prepared = new SimulatedDisk();
    try (DurableLog log = DurableLog.open(options(), heard, prepared)) {
      log.append(Entries.LOG_ID, Entries.behind(Position.START, 3));
    }
    int held = 0;
    boolean cut = true;
    for (int operations = 0; cut; operations++) {
      SimulatedDisk running = prepared.copy();
      cut = appendsUntilThePowerGoes(running, operations);
      running.crash(new Random(operations));
      boolean holds = holdsTransaction(running);
      held += holds ? 1 : 0;
      assertThat(!holds || meta(running).contains("\"format\":3"))
          .as("power cut after %d operations", operations)
          .isTrue();
    }

    assertThat(held).isPositive();
  }

  private boolean appendsUntilThePowerGoes(SimulatedDisk running, int operations)
      throws IOException {
    Heard told = new Heard();
    DurableLog log = DurableLog.open(options(), told, running);
    running.powerOffAfter(operations);
    log.append(Entries.LOG_ID, List.of(transactionBehind(log.end())));
    told.awaitDurableOrFailure(4);
    try {
      log.close();
    } catch (IOException powerIsOff) {
      assertThat(powerIsOff).hasMessageContaining("power");
    }
    return told.failure() != null;
  }

  private static boolean holdsTransaction(SimulatedDisk disk) {
    return disk.names().stream()
        .filter(name -> name.endsWith(".log"))
        .anyMatch(
            name ->
                new String(disk.bytes(name), StandardCharsets.ISO_8859_1)
                    .contains("kind=transaction"));
  }

  @Test
  void refusesALogWithAKindThatItDoesNotKnowAndLeavesItAsItIs() throws IOException {
    writeUnknownKind();
    byte[] before = disk.bytes(SegmentHeader.fileName(1)).clone();

    assertThatThrownBy(this::open)
        .isInstanceOf(LogRefusedException.class)
        .hasMessageContaining("#3")
        .hasMessageContaining(UNKNOWN);

    assertThat(disk.bytes(SegmentHeader.fileName(1))).isEqualTo(before);
    assertThat(disk.names()).noneMatch(name -> name.contains("damaged"));
  }

  /// A third record, right in every checksum and in its chain, of a kind to come.
  private void writeUnknownKind() throws IOException {
    List<Entry> two = Entries.behind(Position.START, 2);
    try (DurableLog log = open()) {
      log.append(Entries.LOG_ID, two);
    }
    byte[] body = (UNKNOWN + "text").getBytes(StandardCharsets.UTF_8);
    long chain = Chain.next(two.getLast().chain(), 3, 1, 1_003, body, 0, UNKNOWN.length(), -1, 4);
    RecordHeader header =
        new RecordHeader(body.length, 3, 1, 1_003, chain, 2, -1, UNKNOWN.length());
    byte[] segment = disk.bytes(SegmentHeader.fileName(1)).clone();
    ByteBuffer out = ByteBuffer.wrap(segment);
    int at = SegmentHeader.BYTES;
    for (Entry entry : two) {
      at += RecordCodec.Encoded.of(entry).recordBytes();
    }
    header.put(out.position(at));
    out.put(body);
    int from = at + RecordHeader.CRC_OFFSET;
    out.putInt(
        Checksums.crc32c(out, from, RecordHeader.BYTES - RecordHeader.CRC_OFFSET + body.length));
    disk.put(SegmentHeader.fileName(1), segment);
  }

  private static List<Entry> mixed(int count) {
    List<Entry> entries = new ArrayList<>();
    Position end = Position.START;
    for (int i = 0; i < count; i++) {
      Entry entry = i % 2 == 0 ? Entries.behind(end, 1).getFirst() : transactionBehind(end);
      entries.add(entry);
      end = entry.position();
    }
    return entries;
  }

  private static Entry transactionBehind(Position end) {
    String key = end.index() % 3 == 0 ? "key-" + end.index() : null;
    return Entry.after(
        end, 1, 5_000, EntryKind.TRANSACTION, key, "b, w(1,%d), c".formatted(end.index()));
  }

  private static List<EntryKind> kinds(DurableLog log) {
    List<EntryKind> kinds = new ArrayList<>();
    try (LogCursor cursor = log.cursor(1)) {
      for (RawEntry raw = cursor.nextRaw(); raw != null; raw = cursor.nextRaw()) {
        kinds.add(raw.kind());
      }
    }
    return kinds;
  }

  private static String meta(SimulatedDisk disk) {
    return new String(disk.bytes(MetaStore.NAME), StandardCharsets.UTF_8);
  }

  private DurableLog open() throws IOException {
    return DurableLog.open(options(), heard, disk);
  }

  private static LogOptions options() {
    return LogOptions.of(SimulatedDisk.DIRECTORY, "replog", "master").withSegmentBytes(64 << 10);
  }
}
