package io.replog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.model.Entry;
import io.replog.model.Position;
import io.replog.model.Promise;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReleaseTest {

  private static final int ENTRIES = 200;
  private static final LogOptions OPTIONS =
      LogOptions.of(SimulatedDisk.DIRECTORY, "replog", "master").withSegmentBytes(4 << 10);

  private final SimulatedDisk disk = new SimulatedDisk();
  private Heard heard = new Heard();
  private final List<Entry> entries = Entries.behind(Position.START, ENTRIES);

  @Test
  void releasesWholeSegmentsOnly() throws IOException {
    try (DurableLog log = filled()) {
      Position boundary = log.boundary(100);

      log.release(100);
      heard.awaitReleased(boundary.index());

      assertThat(boundary.index()).isBetween(50L, 100L);
      assertThat(log.base()).isEqualTo(boundary).isEqualTo(positionOf(boundary.index()));
      assertThat(segments().getFirst()).isEqualTo(SegmentHeader.fileName(boundary.index() + 1));
      assertThat(readFrom(log, boundary.index() + 1))
          .isEqualTo(entries.subList((int) boundary.index(), ENTRIES));
    }
  }

  @Test
  void neverReleasesTheSegmentThatIsWritten() throws IOException {
    try (DurableLog log = filled()) {
      String last = segments().getLast();

      log.release(ENTRIES);
      heard.awaitReleased(log.boundary(ENTRIES).index());

      assertThat(segments()).containsExactly(last);
      assertThat(log.read(ENTRIES)).isEqualTo(entries.getLast());
    }
  }

  @Test
  void saysWhereTheLogBeginsToWhoReadsBelow() throws IOException {
    try (DurableLog log = filled();
        LogCursor early = log.cursor(1)) {
      long base = release(log, 100);

      assertThatThrownBy(() -> log.read(base))
          .isInstanceOfSatisfying(
              EntryReleasedException.class,
              released -> assertThat(released.firstIndex()).isEqualTo(base + 1));
      assertThatThrownBy(() -> log.readBatch(1, 10, 1000))
          .isInstanceOf(EntryReleasedException.class);
      assertThatThrownBy(early::next).isInstanceOf(EntryReleasedException.class);
      assertThat(log.positionAt(base)).isEqualTo(positionOf(base));
      assertThatThrownBy(() -> reopenedPositionAt(log, base - 1))
          .isInstanceOf(EntryReleasedException.class);
    }
  }

  private Position reopenedPositionAt(DurableLog log, long index) throws IOException {
    log.close();
    try (DurableLog again = open()) {
      return again.positionAt(index);
    }
  }

  @Test
  void endsAReaderWhereItMeetsWhatWasReleasedMeanwhile() throws IOException {
    try (DurableLog log = filled();
        LogCursor early = log.cursor(1)) {
      assertThat(early.next()).isEqualTo(entries.getFirst());

      release(log, 150);

      assertThatThrownBy(() -> drain(early)).isInstanceOf(EntryReleasedException.class);
    }
  }

  private static void drain(LogCursor cursor) {
    Entry entry = cursor.next();
    while (entry != null) {
      entry = cursor.next();
    }
  }

  @Test
  void beginsThereAtTheNextStartAndGoesOn() throws IOException {
    long base;
    try (DurableLog log = filled()) {
      base = release(log, 100);
    }

    List<Entry> more = Entries.behind(entries.getLast().position(), 20);
    try (DurableLog log = open()) {
      assertThat(log.recovery().base()).isEqualTo(positionOf(base));
      assertThat(log.recovery().holes()).isEmpty();
      assertThat(log.recovery().corruption()).isEmpty();
      assertThat(log.recovery().doubtful()).isFalse();
      assertThat(log.end()).isEqualTo(entries.getLast().position());
      log.append(Entries.LOG_ID, more);
      heard.awaitDurable(ENTRIES + 20);
      assertThat(readFrom(log, base + 1)).hasSize((int) (ENTRIES + 20 - base));
    }
  }

  @Test
  void takesAMissingSegmentThatWasNotReleasedForAHole() throws IOException {
    long base;
    try (DurableLog log = filled()) {
      base = release(log, 100);
    }

    disk.remove(segments().getFirst());

    try (DurableLog log = open()) {
      assertThat(log.recovery().holes()).hasSize(1);
      assertThat(log.recovery().holes().getFirst().firstIndex()).isEqualTo(base + 1);
      assertThat(log.end()).isEqualTo(positionOf(base));
      long lastMissing = log.holes().getFirst().lastIndex();
      log.append(Entries.LOG_ID, entries.subList((int) base, (int) lastMissing));
      heard.awaitDurable(ENTRIES);
      assertThat(readFrom(log, base + 1)).isEqualTo(entries.subList((int) base, ENTRIES));
    }
  }

  @Test
  void takesAMissingFirstSegmentOfAWholeLogForAHole() throws IOException {
    filled().close();

    disk.remove(segments().getFirst());

    try (DurableLog log = open()) {
      assertThat(log.recovery().holes().getFirst().firstIndex()).isEqualTo(1);
    }
  }

  @Test
  void healsADamagedHeaderOfTheFirstSegmentKept() throws IOException {
    long base;
    try (DurableLog log = filled()) {
      base = release(log, 100);
    }
    String first = segments().getFirst();
    byte[] bytes = disk.bytes(first);
    bytes[20] ^= 1;
    disk.put(first, bytes);

    try (DurableLog log = open()) {
      assertThat(log.recovery().corruption()).hasSize(1);
      assertThat(log.holes()).isEmpty();
      assertThat(readFrom(log, base + 1)).isEqualTo(entries.subList((int) base, ENTRIES));
    }
  }

  @Test
  void letsAnEmptyLogBeginBehindAnEntryThatNobodyKeeps() throws IOException {
    Position base = positionOf(50);
    try (DurableLog log = open()) {
      log.persistPromise(new Promise(1, "start", Entries.LOG_ID));
      log.begin(Entries.LOG_ID, base);
      log.append(Entries.LOG_ID, entries.subList(50, ENTRIES));
      heard.awaitDurable(ENTRIES);
      assertThat(log.base()).isEqualTo(base);
    }

    try (DurableLog log = open()) {
      assertThat(log.base()).isEqualTo(base);
      assertThat(log.recovery().segmentLogId()).isEqualTo(Entries.LOG_ID);
      assertThat(readFrom(log, 51)).isEqualTo(entries.subList(50, ENTRIES));
    }
  }

  @Test
  void keepsItsBeginningWithoutAnyEntry() throws IOException {
    Position base = positionOf(50);
    try (DurableLog log = open()) {
      log.begin(Entries.LOG_ID, base);
      heard.awaitDurable(50);
    }

    try (DurableLog log = open()) {
      assertThat(log.end()).isEqualTo(base);
      assertThat(log.recovery().segmentLogId()).isEqualTo(Entries.LOG_ID);
      assertThat(log.holes()).isEmpty();
    }
  }

  @Test
  void doesNotBeginElsewhereOnceItHoldsEntries() throws IOException {
    try (DurableLog log = filled()) {
      assertThatThrownBy(() -> log.begin(Entries.LOG_ID, positionOf(50)))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void refusesToBeOpenedByAProgramThatKnowsNoBase() throws IOException {
    try (DurableLog log = filled()) {
      release(log, 100);
    }

    String meta = new String(disk.bytes(MetaStore.NAME), StandardCharsets.UTF_8);

    assertThat(meta).contains("\"format\":2").contains("\"base_index\":");
  }

  @Test
  void findsTheSurplusBySize() throws IOException {
    try (DurableLog log = filled()) {
      long wanted = 3L * disk.bytes(segments().getFirst()).length;

      long surplus = log.surplus(new Retention(wanted, null), 0);

      List<String> kept = segments().subList(segments().size() - 3, segments().size());
      assertThat(SegmentHeader.fileName(surplus + 1)).isEqualTo(kept.getFirst());
      assertThat(log.surplus(Retention.EVERYTHING, Long.MAX_VALUE)).isZero();
      assertThat(log.surplus(new Retention(1L << 40, null), 0)).isZero();
    }
  }

  @Test
  void findsTheSurplusByAge() throws IOException {
    try (DurableLog log = filled()) {
      Retention second = new Retention(null, Duration.ofSeconds(1));
      long nowMillis = entries.get(99).timestampMillis() + 1_000;

      long surplus = log.surplus(second, nowMillis);

      assertThat(surplus).isEqualTo(log.boundary(99).index()).isPositive();
      assertThat(log.surplus(second, 0)).isZero();
      assertThat(log.surplus(second, Long.MAX_VALUE)).isEqualTo(log.boundary(ENTRIES).index());
    }
  }

  @Test
  void scrubsWhatIsLeft() throws IOException {
    try (DurableLog log = filled();
        LogScrub scrub = log.scrub(1 << 20)) {
      long whole = pass(scrub);
      long base = release(log, 100);

      long left = pass(scrub);

      assertThat(left).isPositive().isLessThan(whole);
      assertThat(base).isPositive();
    }
  }

  @Test
  void releasesOnAFullDiskAsSoonAsTheNoteFindsRoom() throws IOException {
    try (DurableLog log = filled()) {
      disk.setFreeBytes(0);
      log.append(Entries.LOG_ID, Entries.behind(entries.getLast().position(), 100));
      heard.awaitFull(true);
      log.release(100);

      disk.setFreeBytes(4 << 20);
      log.release(100);

      heard.awaitReleased(log.boundary(100).index());
      heard.awaitDurable(ENTRIES + 100);
    }
  }

  private static long pass(LogScrub scrub) {
    long bytes = 0;
    boolean ended = false;
    while (!ended) {
      LogScrub.Step step = scrub.step();
      bytes += step.bytes();
      ended = step.passEnded();
    }
    return bytes;
  }

  private DurableLog open() throws IOException {
    heard = new Heard();
    return DurableLog.open(OPTIONS, heard, disk);
  }

  private DurableLog filled() throws IOException {
    DurableLog log = open();
    log.append(Entries.LOG_ID, entries);
    heard.awaitDurable(ENTRIES);
    return log;
  }

  private long release(DurableLog log, long index) {
    long base = log.boundary(index).index();
    log.release(index);
    heard.awaitReleased(base);
    return base;
  }

  private Position positionOf(long index) {
    return entries.get((int) index - 1).position();
  }

  private List<String> segments() {
    return disk.names().stream().filter(name -> name.endsWith(".log")).toList();
  }

  static List<Entry> readFrom(DurableLog log, long first) {
    return log.readBatch(first, Integer.MAX_VALUE, Integer.MAX_VALUE);
  }
}
