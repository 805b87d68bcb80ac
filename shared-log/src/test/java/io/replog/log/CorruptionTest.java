package io.replog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.model.Entry;
import io.replog.model.Position;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Damage by exhaustion: every bit and every truncation of a small log that was closed in order,
/// and of one whose process was killed. [HealingTest] goes on from there.
class CorruptionTest {

  private static final int ENTRIES = 24;

  /// Every bit with `-Dreplog.corruption=all`, otherwise each position in a byte in turn.
  private static final int STRIDE = HealingTest.ALL ? 1 : 5;

  private static final List<Entry> WRITTEN =
      Entries.behind(Position.START, ENTRIES, i -> ("message " + i + " ").repeat(14));
  private static final String FIRST = SegmentHeader.fileName(1);

  private static final Healing HEALING = new Healing(WRITTEN, options());

  private final SimulatedDisk closed = HEALING.disk();
  private final String last =
      closed.names().stream().filter(name -> name.endsWith(".log")).toList().getLast();

  @Test
  void servesNoWrongEntryAndCutsNothingWhicheverBitFlips() {
    assertThat(last).isNotEqualTo(FIRST);
    for (String name : List.of(FIRST, last)) {
      byte[] bytes = closed.bytes(name);
      int bits = 8 * usedBytes(bytes);

      List<String> violations =
          IntStream.iterate(0, bit -> bit < bits, bit -> bit + STRIDE)
              .mapToObj(bit -> check(name, flipped(bytes, bit), 1))
              .toList();

      assertThat(violations).containsOnlyNulls();
    }
  }

  @Test
  void servesNoWrongEntryAndCutsNothingWhereverTheFileEnds() {
    for (String name : List.of(FIRST, last)) {
      byte[] bytes = closed.bytes(name);

      List<String> violations =
          IntStream.range(0, usedBytes(bytes))
              .mapToObj(length -> check(name, Arrays.copyOf(bytes, length), ENTRIES))
              .toList();

      assertThat(violations).containsOnlyNulls();
    }
  }

  @Test
  void opensWholeWhateverHappensToTheZerosBehindTheEnd() throws IOException {
    byte[] bytes = closed.bytes(last);
    for (int bit = 8 * usedBytes(bytes); bit < 8 * bytes.length; bit += 61) {
      SimulatedDisk disk = closed.copy();
      disk.put(last, flipped(bytes, bit));

      try (DurableLog log = DurableLog.open(options(), new Heard(), disk)) {
        assertThat(DurableLogTest.all(log)).isEqualTo(WRITTEN);
        assertThat(log.recovery().tornBytes()).isPositive();
      }
    }
  }

  @Test
  void keepsEverythingWhicheverBitOfTheCommitFileFlips() throws IOException {
    byte[] bytes = closed.bytes(CommitFile.NAME);
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      SimulatedDisk disk = closed.copy();
      disk.put(CommitFile.NAME, flipped(bytes, bit));

      try (DurableLog log = DurableLog.open(options(), new Heard(), disk)) {
        assertThat(log.end()).isEqualTo(WRITTEN.getLast().position());
        assertThat(log.recovery().corruption()).isEmpty();
      }
    }
  }

  @Test
  void refusesWhicheverBitOfTheMetaFileFlips() {
    byte[] bytes = closed.bytes(MetaStore.NAME);
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      SimulatedDisk disk = closed.copy();
      disk.put(MetaStore.NAME, flipped(bytes, bit));

      assertThatThrownBy(() -> DurableLog.open(options(), new Heard(), disk))
          .as("bit %d", bit)
          .isInstanceOf(LogRefusedException.class)
          .hasMessageContaining(MetaStore.NAME);
    }
  }

  @Test
  void healsAnOlderCopyOfTheLastSegment() {
    SimulatedDisk disk = closed.copy();
    byte[] bytes = closed.bytes(last);
    byte[] older = Arrays.copyOf(Arrays.copyOf(bytes, usedBytes(bytes) / 2), bytes.length);
    disk.put(last, older);

    assertThat(HEALING.violationOf(disk, ENTRIES)).isNull();
  }

  @Test
  void cutsTheLastGroupOfAKilledProcessWhateverSectorsAreMissing() throws IOException {
    KilledLog killed = KilledLog.withGroups(6, 14);
    List<Integer> sectors = killed.sectorsOfLastGroup();
    assertThat(sectors).hasSizeGreaterThan(2);
    for (int missing = 1; missing < 1 << sectors.size(); missing++) {
      byte[] torn = killed.bytes.clone();
      for (int i = 0; i < sectors.size(); i++) {
        if ((missing >> i & 1) == 1) {
          int from = Math.max(killed.lastGroupOffset, sectors.get(i) * 512);
          Arrays.fill(torn, from, (sectors.get(i) + 1) * 512, (byte) 0);
        }
      }

      try (DurableLog log = killed.open(torn)) {
        assertThat(log.recovery().corruption()).isEmpty();
        assertThat(log.end().index()).isBetween(6L, 13L);
        assertThat(WRITTEN).startsWith(DurableLogTest.all(log).toArray(Entry[]::new));
      }
    }
  }

  @Test
  void cutsTheLastGroupOfAKilledProcessWhereverItEnds() throws IOException {
    KilledLog killed = KilledLog.withGroups(6, 9);
    int used = usedBytes(killed.bytes);
    for (int end = used - 1; end > killed.lastGroupOffset; end--) {
      byte[] torn = killed.bytes.clone();
      Arrays.fill(torn, end, used, (byte) 0);

      try (DurableLog log = killed.open(torn)) {
        assertThat(log.recovery().corruption()).isEmpty();
        assertThat(log.recovery().tornBytes()).isEqualTo(usedBytes(torn) - endOffset(log));
        assertThat(log.end().index()).isBetween(6L, 8L);
      }
    }
  }

  private static long endOffset(DurableLog log) {
    return SegmentHeader.BYTES
        + DurableLogTest.all(log).stream()
            .mapToLong(entry -> RecordCodec.Encoded.of(entry).recordBytes())
            .sum();
  }

  @Test
  void cutsNothingThatALaterGroupWitnesses() throws IOException {
    KilledLog killed = KilledLog.withGroups(6, 9);
    for (int at = SegmentHeader.BYTES; at < killed.lastGroupOffset; at++) {
      byte[] damaged = flipped(killed.bytes, 8 * at + at % 8);

      try (DurableLog log = killed.open(damaged)) {
        assertThat(log.recovery().corruption()).hasSize(1);
        assertThat(log.end().index()).isLessThan(6);
      }
    }
  }

  @Test
  void takesNothingButTheVeryLastRecordForTornWhicheverBitFlips() throws IOException {
    KilledLog killed = KilledLog.withGroups(6, 9);
    int lastRecord = usedBytes(killed.bytes) - RecordCodec.Encoded.of(WRITTEN.get(8)).recordBytes();
    for (int bit = 0; bit < 8 * usedBytes(killed.bytes); bit += STRIDE) {
      try (DurableLog log = killed.open(flipped(killed.bytes, bit))) {
        boolean cut = log.knownEnd() < 9;

        assertThat(cut).as("bit %d", bit).isEqualTo(bit >= 8 * lastRecord);
      }
    }
  }

  @Test
  void takesDamageWithoutAnUnwrittenSectorForCorruptionWhenARecordFollows() throws IOException {
    KilledLog killed = KilledLog.withGroups(6, 9);
    byte[] damaged = flipped(killed.bytes, 8 * (killed.lastGroupOffset + 70));

    try (DurableLog log = killed.open(damaged)) {
      assertThat(log.recovery().corruption()).hasSize(1);
      assertThat(log.end().index()).isEqualTo(6);
    }
  }

  /// The only segment of a log whose process was killed before it could note, beside the log, how
  /// far it was durable.
  ///
  /// @param lastGroupOffset where the last group begins
  private record KilledLog(SimulatedDisk disk, byte[] bytes, int lastGroupOffset) {

    static KilledLog withGroups(int firstGroupEnd, int secondGroupEnd) throws IOException {
      SimulatedDisk disk = new SimulatedDisk();
      Heard heard = new Heard();
      DurableLog log = DurableLog.open(options(), heard, disk);
      log.append(Entries.LOG_ID, WRITTEN.subList(0, firstGroupEnd));
      heard.awaitDurable(firstGroupEnd);
      int offset = usedBytes(disk.bytes(FIRST));
      log.append(Entries.LOG_ID, WRITTEN.subList(firstGroupEnd, secondGroupEnd));
      heard.awaitDurable(secondGroupEnd);
      SimulatedDisk frozen = disk.copy();
      frozen.put(CommitFile.NAME, new byte[0]);
      log.close();
      return new KilledLog(frozen, frozen.bytes(FIRST), offset);
    }

    List<Integer> sectorsOfLastGroup() {
      return IntStream.rangeClosed(lastGroupOffset / 512, (usedBytes(bytes) - 1) / 512)
          .boxed()
          .toList();
    }

    DurableLog open(byte[] segment) throws IOException {
      SimulatedDisk damaged = disk.copy();
      damaged.put(FIRST, segment);
      return DurableLog.open(options(), new Heard(), damaged);
    }
  }

  @Test
  void goesOnBeforeTheDamageWhenTheOperatorAcceptsTheLoss() throws IOException {
    SimulatedDisk disk = closed.copy();
    disk.put(FIRST, flipped(closed.bytes(FIRST), 8 * 1500));
    Heard heard = new Heard();
    List<Entry> kept;

    try (DurableLog log = DurableLog.open(options().withAcceptDataLoss(true), heard, disk)) {
      kept = DurableLogTest.all(log);
      List<Entry> next = Entries.behind(log.end(), 5, i -> "anew");
      log.append(Entries.LOG_ID, next);
      heard.awaitDurable(next.getLast().index());
    }

    try (DurableLog log = DurableLog.open(options(), new Heard(), disk)) {
      assertThat(log.recovery().corruption()).isEmpty();
      assertThat(log.end().index()).isEqualTo(kept.size() + 5);
      assertThat(disk.names()).anyMatch(name -> name.startsWith("quarantine/" + last));
    }
  }

  @Test
  void servesNothingOfARecordThatIsDamagedWhileTheNodeRuns() throws IOException {
    SimulatedDisk disk = closed.copy();
    try (DurableLog log = DurableLog.open(options(), new Heard(), disk)) {
      disk.put(FIRST, flipped(closed.bytes(FIRST), 8 * 700));

      assertThatThrownBy(() -> log.read(1)).isInstanceOf(LogCorruptException.class);
      assertThatThrownBy(() -> log.positionAt(1)).isInstanceOf(LogCorruptException.class);
      assertThat(log.read(ENTRIES)).isEqualTo(WRITTEN.getLast());
    }
  }

  private @Nullable String check(String name, byte[] bytes, int mostMissing) {
    SimulatedDisk disk = closed.copy();
    disk.put(name, bytes);
    return HEALING.violationWhenOpened(disk, mostMissing);
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit / 8] ^= (byte) (1 << bit % 8);
    return flipped;
  }

  private static int usedBytes(byte[] bytes) {
    int end = bytes.length;
    while (bytes[end - 1] == 0) {
      end--;
    }
    return end;
  }

  private static LogOptions options() {
    return LogOptions.of(SimulatedDisk.DIRECTORY, "replog", "master").withSegmentBytes(4 << 10);
  }
}
