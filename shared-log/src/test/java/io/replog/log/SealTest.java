package io.replog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.model.Entry;
import io.replog.model.Position;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What stands beside a sealed segment spares a start the records, and never the bytes.
class SealTest {

  private static final int ENTRIES = 200;
  private static final LogOptions OPTIONS = options(SimulatedDisk.DIRECTORY);
  private static final int VERSION_OFFSET = 8;
  private static final int SEGMENT_CRC_OFFSET = 12;
  private static final int FIRST_KEYED_OFFSET = 112;

  private final List<Entry> written = Entries.behind(Position.START, ENTRIES);

  private final Healing healing = new Healing(written, OPTIONS);
  private final SimulatedDisk good = healing.disk();
  private final List<String> segments = namesEndingIn(good, ".log");
  private final List<String> seals = namesEndingIn(good, ".seal");
  private final String firstSeal = seals.getFirst();

  @TempDir private Path parent;

  @Test
  void sealsEverySegmentAndTheLastOneAtTheClose() throws IOException {
    SimulatedDisk killed = new SimulatedDisk();
    Heard heard = new Heard();
    try (DurableLog log = DurableLog.open(OPTIONS, heard, killed)) {
      log.append(Entries.LOG_ID, written);
      heard.awaitDurable(ENTRIES);
      killed = killed.copy();
    }

    assertThat(segments).hasSizeGreaterThan(3);
    assertThat(seals).isEqualTo(segments.stream().map(SealTest::sealOf).toList());
    assertThat(namesEndingIn(killed, ".seal")).isEqualTo(seals.subList(0, seals.size() - 1));
  }

  @Test
  void makesTheSameSealsFromTheSegmentsAsWhileTheyAreWritten() throws IOException {
    SimulatedDisk disk = good.copy();
    seals.forEach(disk::remove);

    DurableLog.open(OPTIONS, new Heard(), disk).close();

    List<String> made = namesEndingIn(disk, ".seal");
    assertThat(made).isEqualTo(seals.subList(0, seals.size() - 1));
    for (String seal : made) {
      assertThat(disk.bytes(seal)).as(seal).isEqualTo(good.bytes(seal));
    }
  }

  @Test
  void servesTheSameWithSealsAsWithout() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    List<Entry> large = Entries.behind(Position.START, 40, i -> ("m" + i + " ").repeat(1_000));
    LogOptions options = OPTIONS.withSegmentBytes(64 << 10);
    Heard heard = new Heard();
    try (DurableLog log = DurableLog.open(options, heard, disk)) {
      log.append(Entries.LOG_ID, large);
      heard.awaitDurable(large.size());
    }
    assertThat(namesEndingIn(disk, ".seal")).hasSizeGreaterThan(1);

    try (DurableLog log = DurableLog.open(options, new Heard(), disk)) {
      assertThat(log.recovery().firstKeyedIndex()).isEqualTo(3);
      assertThat(DurableLogTest.all(log)).isEqualTo(large);
      for (Entry entry : large) {
        assertThat(log.read(entry.index())).isEqualTo(entry);
        assertThat(log.positionAt(entry.index())).isEqualTo(entry.position());
      }
    }
  }

  @Test
  void findsWhicheverByteOfASealedSegmentIsWrong() throws IOException {
    for (String segment : segments.subList(0, 2)) {
      byte[] bytes = good.bytes(segment);
      for (int at = 0; at < bytes.length; at += 3) {
        SimulatedDisk disk = good.copy();
        disk.put(segment, flipped(bytes, 8 * at + at % 8));

        try (DurableLog log = DurableLog.open(OPTIONS, new Heard(), disk)) {
          assertThat(log.recovery().corruption()).as("byte %d of %s", at, segment).hasSize(1);
        }
      }
    }
  }

  /// Nothing but the checksum in the seal finds damage at a start: a seal that was made of damaged
  /// bytes hides it until it is read.
  @Test
  void overlooksWhatASealOfTheDamagedBytesWouldVouchFor() throws IOException {
    SimulatedDisk disk = good.copy();
    byte[] damaged = flipped(good.bytes(segments.getFirst()), 8 * 1_000);
    disk.put(segments.getFirst(), damaged);
    disk.put(firstSeal, withSegmentCrc(good.bytes(firstSeal), crc32c(damaged)));

    try (DurableLog log = DurableLog.open(OPTIONS, new Heard(), disk)) {
      assertThat(log.recovery().corruption()).isEmpty();
      assertThatThrownBy(() -> DurableLogTest.all(log)).isInstanceOf(LogCorruptException.class);
    }
  }

  @Test
  void goesByTheSealOfAnUnchangedSegment() throws IOException {
    assertThat(firstKeyed(good.copy())).isEqualTo(3);

    SimulatedDisk disk = good.copy();
    disk.put(firstSeal, withLong(good.bytes(firstSeal), FIRST_KEYED_OFFSET, 2));

    assertThat(firstKeyed(disk)).isEqualTo(2);
  }

  @Test
  void goesByTheSealOfTheLastSegmentUntilMoreIsWritten() throws IOException {
    SimulatedDisk disk = new Healing(written.subList(0, 5), OPTIONS).disk();
    disk.put(firstSeal, withLong(disk.bytes(firstSeal), FIRST_KEYED_OFFSET, 2));
    Heard heard = new Heard();

    try (DurableLog log = DurableLog.open(OPTIONS, heard, disk)) {
      assertThat(log.recovery().firstKeyedIndex()).isEqualTo(2);
      log.append(Entries.LOG_ID, written.subList(5, 6));
      heard.awaitDurable(6);
    }
    try (DurableLog log = DurableLog.open(OPTIONS, heard, disk)) {
      assertThat(log.recovery().firstKeyedIndex()).isEqualTo(3);
      assertThat(DurableLogTest.all(log)).isEqualTo(written.subList(0, 6));
    }
  }

  @Test
  void makesASealAnewWhicheverOfItsBitsFlips() throws IOException {
    byte[] bytes = good.bytes(firstSeal);
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      assertMadeAnew(flipped(bytes, bit), "bit " + bit);
    }
  }

  @Test
  void makesASealAnewWhereverItEnds() throws IOException {
    byte[] bytes = good.bytes(firstSeal);
    for (int length = 0; length < bytes.length; length++) {
      assertMadeAnew(Arrays.copyOf(bytes, length), "length " + length);
    }
    assertMadeAnew(Arrays.copyOf(bytes, bytes.length + 1), "a byte more");
    assertMadeAnew(new byte[2 << 20], "more than a seal can be");
  }

  @Test
  void takesNoSealOfAnotherSegment() throws IOException {
    byte[] other = good.bytes(seals.get(1));
    int sum = crc32c(good.bytes(segments.getFirst()));

    assertMadeAnew(other, "of the next one");
    assertMadeAnew(withSegmentCrc(other, sum), "of the next one with the checksum of this one");
  }

  @Test
  void takesNoSealOfAProgramThatReadsOtherwise() throws IOException {
    byte[] bytes = good.bytes(firstSeal);

    assertMadeAnew(withRightCrc(put(bytes, VERSION_OFFSET, Seal.VERSION + 1)), "newer");
  }

  @Test
  void makesTheSealAnewOfASegmentThatHasGrown() throws IOException {
    SimulatedDisk disk = good.copy();
    segments.stream().skip(1).forEach(disk::remove);
    disk.put(CommitFile.NAME, new byte[0]);
    LogOptions larger = OPTIONS.withSegmentBytes(8 << 10);
    Heard heard = new Heard();
    List<Entry> more;
    try (DurableLog log = DurableLog.open(larger, heard, disk)) {
      more = Entries.behind(log.end(), 2 * ENTRIES);
      log.append(Entries.LOG_ID, more);
      heard.awaitDurable(more.getLast().index());
    }
    assertThat(disk.bytes(firstSeal)).isEqualTo(good.bytes(firstSeal));

    try (DurableLog log = DurableLog.open(larger, new Heard(), disk)) {
      assertThat(log.end()).isEqualTo(more.getLast().position());
      assertThat(DurableLogTest.all(log)).endsWith(more.toArray(Entry[]::new));
    }
    assertThat(disk.bytes(firstSeal)).isNotEqualTo(good.bytes(firstSeal));
  }

  @Test
  void leavesTheSealOfASegmentThatAnotherProcessBeganToTheNextStart() throws IOException {
    SimulatedDisk disk = good.copy();
    List<Entry> more = Entries.behind(written.getLast().position(), ENTRIES);
    Heard heard = new Heard();
    try (DurableLog log = DurableLog.open(OPTIONS, heard, disk)) {
      log.append(Entries.LOG_ID, more);
      heard.awaitDurable(more.getLast().index());
    }
    assertThat(namesEndingIn(disk, ".log")).hasSizeGreaterThan(segments.size() + 1);
    String ofBoth = sealOf(segments.getLast());

    assertThat(disk.bytes(ofBoth)).isEqualTo(good.bytes(ofBoth));
    try (DurableLog log = DurableLog.open(OPTIONS, new Heard(), disk)) {
      assertThat(log.end()).isEqualTo(more.getLast().position());
    }
    assertThat(disk.bytes(ofBoth)).isNotEqualTo(good.bytes(ofBoth));
  }

  @Test
  void deletesTheSealsOfWhatIsReleased() throws IOException {
    SimulatedDisk disk = good.copy();
    Heard heard = new Heard();
    try (DurableLog log = DurableLog.open(OPTIONS, heard, disk)) {
      log.release(ENTRIES);
      heard.awaitReleased(log.boundary(ENTRIES).index());
    }

    assertThat(namesEndingIn(disk, ".log")).containsExactly(segments.getLast());
    assertThat(namesEndingIn(disk, ".seal")).containsExactly(seals.getLast());
  }

  @Test
  void deletesSealsThatStandAlone() throws IOException {
    SimulatedDisk disk = good.copy();
    disk.put(sealOf(SegmentHeader.fileName(1_000)), good.bytes(firstSeal));

    DurableLog.open(OPTIONS, new Heard(), disk).close();

    assertThat(namesEndingIn(disk, ".seal")).isEqualTo(seals);
  }

  @Test
  void goesOnWhereASealCannotBeWritten() throws IOException {
    Path data = parent.resolve("data");
    Heard heard = new Heard();
    try (DurableLog log = DurableLog.open(options(data), heard)) {
      Files.createDirectory(data.resolve(firstSeal));
      log.append(Entries.LOG_ID, written);
      heard.awaitDurable(ENTRIES);
    }

    assertThat(data.resolve(firstSeal)).isDirectory();
    assertThat(data.resolve(seals.get(1))).isRegularFile();
    try (DurableLog log = DurableLog.open(options(data), new Heard())) {
      assertThat(DurableLogTest.all(log)).isEqualTo(written);
    }
  }

  /// A seal like this one is not used, and the right one takes its place.
  private void assertMadeAnew(byte[] seal, String which) throws IOException {
    SimulatedDisk disk = good.copy();
    disk.put(firstSeal, seal);

    assertThat(firstKeyed(disk)).as(which).isEqualTo(3);
    assertThat(disk.bytes(firstSeal)).as(which).isEqualTo(good.bytes(firstSeal));
  }

  private static long firstKeyed(SimulatedDisk disk) throws IOException {
    try (DurableLog log = DurableLog.open(OPTIONS, new Heard(), disk)) {
      assertThat(log.recovery().corruption()).isEmpty();
      assertThat(log.recovery().holes()).isEmpty();
      assertThat(log.end().index()).isEqualTo(ENTRIES);
      return log.recovery().firstKeyedIndex();
    }
  }

  private static byte[] withSegmentCrc(byte[] seal, int crc) {
    return withRightCrc(put(seal, SEGMENT_CRC_OFFSET, crc));
  }

  private static byte[] withLong(byte[] seal, int offset, long value) {
    byte[] changed = seal.clone();
    ByteBuffer.wrap(changed).putLong(offset, value);
    return withRightCrc(changed);
  }

  private static byte[] put(byte[] seal, int offset, int value) {
    byte[] changed = seal.clone();
    ByteBuffer.wrap(changed).putInt(offset, value);
    return changed;
  }

  private static byte[] withRightCrc(byte[] seal) {
    byte[] content = Arrays.copyOf(seal, seal.length - Integer.BYTES);
    return put(seal, content.length, crc32c(content));
  }

  private static int crc32c(byte[] bytes) {
    return Checksums.crc32c(ByteBuffer.wrap(bytes), 0, bytes.length);
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit / 8] ^= (byte) (1 << bit % 8);
    return flipped;
  }

  private static List<String> namesEndingIn(SimulatedDisk disk, String suffix) {
    return disk.names().stream().filter(name -> name.endsWith(suffix)).toList();
  }

  private static String sealOf(String segment) {
    return segment.replace(".log", ".seal");
  }

  private static LogOptions options(Path directory) {
    return LogOptions.of(directory, "replog", "master").withSegmentBytes(4 << 10);
  }
}
