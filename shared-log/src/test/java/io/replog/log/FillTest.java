package io.replog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.model.Entry;
import io.replog.model.FsyncMode;
import io.replog.model.Position;
import io.replog.model.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How holes are filled, joined and given up.
class FillTest {

  private static final int ENTRIES = 60;
  private static final String FIRST = SegmentHeader.fileName(1);

  private final Healing healing =
      new Healing(
          Entries.behind(Position.START, ENTRIES, i -> ("message " + i + " ").repeat(14)),
          LogOptions.of(SimulatedDisk.DIRECTORY, "replog", "follower-1").withSegmentBytes(4 << 10));
  private final List<Entry> written = healing.written();
  private final SimulatedDisk disk = healing.disk();
  private final Heard heard = new Heard();

  @Test
  void endsBeforeTheFirstHoleAndSaysWhatIsMissing() throws IOException {
    damage(5);
    damage(9, 10, 11);

    try (DurableLog log = open()) {
      assertThat(log.holes()).extracting(Hole::firstIndex).containsExactly(5L, 9L);
      assertThat(log.holes()).extracting(Hole::lastIndex).containsExactly(5L, 11L);
      assertThat(log.holes()).extracting(Hole::open).containsExactly(false, false);
      assertThat(log.holes().getFirst().file()).isEqualTo(FIRST);
      assertThat(log.end()).isEqualTo(written.get(3).position());
      assertThat(log.knownEnd()).isEqualTo(ENTRIES);
      assertThat(log.isWritable()).isTrue();
      assertThat(log.recovery().segmentLogId()).isEqualTo(Entries.LOG_ID);
      assertThatThrownBy(() -> log.read(5)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> log.read(6)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThat(log.readBatch(5, 10, 10_000)).isEmpty();
    }
  }

  @Test
  void jumpsToTheEndOfWhatIsIntactWhenAHoleIsFilled() throws IOException {
    damage(5);
    damage(9, 10, 11);

    try (DurableLog log = open()) {
      log.append(Entries.LOG_ID, written.subList(4, 5));
      heard.awaitDurable(5);
      assertThat(log.durableIndex()).isEqualTo(8);
      assertThat(DurableLogTest.all(log)).isEqualTo(written.subList(0, 8));

      log.append(Entries.LOG_ID, written.subList(8, 10));
      heard.awaitDurable(10);
      assertThat(log.durableIndex()).isEqualTo(10);
      assertThat(log.holes()).extracting(Hole::firstIndex).containsExactly(11L);

      log.append(Entries.LOG_ID, written.subList(10, 11));
      heard.awaitDurable(11);
      assertThat(log.durableIndex()).isEqualTo(ENTRIES);
      assertThat(log.holes()).isEmpty();
      assertThat(DurableLogTest.all(log)).isEqualTo(written);
    }
  }

  @Test
  void goesOnBehindTheEndWhenTheLastHoleIsFilled() throws IOException {
    damage(5);
    List<Entry> more = Entries.behind(written.getLast().position(), 30);

    try (DurableLog log = open()) {
      healing.fill(log, heard);
      log.append(Entries.LOG_ID, more);
      heard.awaitDurable(ENTRIES + 30);
      assertThat(DurableLogTest.all(log)).endsWith(more.toArray(Entry[]::new));
    }

    try (DurableLog log = open()) {
      assertThat(log.recovery().corruption()).isEmpty();
      assertThat(DurableLogTest.all(log)).hasSize(ENTRIES + 30).startsWith(array(written));
    }
  }

  @Test
  void refusesEntriesBeyondTheHole() throws IOException {
    damage(5);
    try (DurableLog log = open()) {
      List<Entry> tooMany = written.subList(4, 6);

      assertThatThrownBy(() -> log.append(Entries.LOG_ID, tooMany))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("#6 is beyond");

      healing.fill(log, heard);
      assertThat(DurableLogTest.all(log)).isEqualTo(written);
    }
  }

  @Test
  void takesWhatIsKnownToHaveBeenDurableForMissingWhenNothingStandsBehind() throws IOException {
    String last = lastSegment();
    disk.remove(last);
    long firstMissing = Long.parseLong(last.substring(0, 20));

    try (DurableLog log = open()) {
      assertThat(log.holes())
          .singleElement()
          .satisfies(
              hole -> {
                assertThat(hole.open()).isTrue();
                assertThat(hole.firstIndex()).isEqualTo(firstMissing);
                assertThat(hole.lastIndex()).isEqualTo(ENTRIES);
              });
      healing.fill(log, heard);
      log.append(Entries.LOG_ID, Entries.behind(log.end(), 3));
      heard.awaitDurable(ENTRIES + 3);
    }
  }

  @Test
  void countsForMissingWhatStandsBehindTooManyBadPlaces() throws IOException {
    Healing small =
        new Healing(
            Entries.behind(Position.START, ENTRIES, i -> "message " + i),
            LogOptions.of(SimulatedDisk.DIRECTORY, "replog", "follower-1"));
    SimulatedDisk one = small.disk();
    one.put(CommitFile.NAME, new byte[0]);
    one.put(FIRST, damaged(one.bytes(FIRST), small.written(), everySecond()));

    try (DurableLog log = DurableLog.open(small.options(), heard, one)) {
      assertThat(log.holes()).hasSize(SegmentScan.MAX_RUNS);
      assertThat(log.holes().getLast().open()).isTrue();
      assertThat(log.knownEnd()).isEqualTo(ENTRIES);
      assertThat(log.recovery().corruption()).hasSize(1);
    }
  }

  private static int[] everySecond() {
    return IntStream.rangeClosed(1, ENTRIES / 2).map(i -> 2 * i).toArray();
  }

  @Test
  void stopsWithoutThrowingAnythingAwayWhenTheChainDoesNotLeadOn() throws IOException {
    damage(9, 10, 11);
    List<Entry> wrong = Entries.behind(written.get(7).position(), 3, i -> "another history");

    try (DurableLog log = open()) {
      log.append(Entries.LOG_ID, wrong);
      heard.awaitJoined(11);

      assertThat(heard.apart()).isNotNull();
      assertThat(heard.apart().firstIndex()).isEqualTo(11);
      assertThat(log.durableIndex()).isEqualTo(10);
      assertThat(log.holes()).containsExactly(heard.apart());
      assertThat(log.knownEnd()).isEqualTo(ENTRIES);
      assertThat(log.isWritable()).isFalse();
      assertThatThrownBy(() -> log.append(Entries.LOG_ID, wrong.subList(2, 3)))
          .isInstanceOf(IllegalStateException.class);
    }

    try (DurableLog log = open()) {
      assertThat(log.durableIndex()).isEqualTo(10);
      assertThat(log.holes()).extracting(Hole::firstIndex).containsExactly(11L);
      assertThat(log.knownEnd()).isEqualTo(ENTRIES);
    }
  }

  @Test
  void wouldGoOnFromOneHistoryToAnotherIfTheChainWereNotAsked() throws IOException {
    damage(9, 10, 11);
    List<Entry> wrong = Entries.behind(written.get(7).position(), 3, i -> "another history");
    try (DurableLog log = open()) {
      String island = SegmentHeader.fileName(12);
      disk.put(island, Forgery.rightChainBehind(wrong.getLast().chain(), disk.bytes(island)));

      log.append(Entries.LOG_ID, wrong);
      heard.awaitJoined(11);

      assertThat(heard.apart()).isNull();
      assertThat(log.read(11)).isEqualTo(wrong.getLast());
      assertThat(log.read(12).text()).isEqualTo(written.get(11).text());
      assertThat(log.read(12)).isNotEqualTo(written.get(11));
    }
  }

  @Test
  void isANewIncarnationAtEveryStartWithAHole() throws IOException {
    String whole = incarnation();
    damage(5);

    String first = incarnation();
    String second = incarnation();
    try (DurableLog log = open()) {
      healing.fill(log, heard);
    }
    String healed = incarnation();

    assertThat(List.of(whole, first, second)).doesNotHaveDuplicates();
    assertThat(incarnation()).isEqualTo(healed);
  }

  @Test
  void staysTheSameIncarnationWhenItHealsByItself() throws IOException {
    String whole = incarnation();
    byte[] bytes = disk.bytes(FIRST);
    bytes[20] ^= 1;
    disk.put(FIRST, bytes);

    try (DurableLog log = open()) {
      assertThat(log.recovery().corruption()).hasSize(1);
      assertThat(log.holes()).isEmpty();
    }

    assertThat(incarnation()).isEqualTo(whole);
  }

  @Test
  void findsTheRestOfTheHoleWhenItWasStoppedInTheMiddle() throws IOException {
    damage(9, 10, 11, 12);
    try (DurableLog log = open()) {
      log.append(Entries.LOG_ID, written.subList(8, 10));
      heard.awaitDurable(10);
    }

    try (DurableLog log = open()) {
      assertThat(log.recovery().corruption()).isEmpty();
      assertThat(log.holes()).extracting(Hole::firstIndex).containsExactly(11L);
      assertThat(log.holes()).extracting(Hole::lastIndex).containsExactly(12L);
    }
    assertThat(healing.violationOf(disk, 2)).isNull();
  }

  @Test
  void knowsTheEndOfAnOpenHoleWhenItWasStoppedInTheMiddle() throws IOException {
    String last = lastSegment();
    disk.remove(last);
    int first = Integer.parseInt(last.substring(0, 20));
    try (DurableLog log = open()) {
      log.append(Entries.LOG_ID, written.subList(first - 1, first));
      heard.awaitDurable(first);
    }

    try (DurableLog log = open()) {
      assertThat(log.holes()).extracting(Hole::firstIndex).containsExactly(first + 1L);
      assertThat(log.knownEnd()).isEqualTo(ENTRIES);
    }
  }

  @ParameterizedTest
  @EnumSource(FsyncMode.class)
  void forcesWhatFillsAHoleBeforeItIsJoinedInEveryMode(FsyncMode mode) throws IOException {
    damage(9, 10, 11);
    LogOptions options = healing.options().withFsync(mode, Duration.ofHours(1));
    try (DurableLog log = DurableLog.open(options, heard, disk)) {
      healing.fill(log, heard);
      disk.crash(() -> 0);

      SimulatedDisk left = disk.copy();
      try (DurableLog again = DurableLog.open(healing.options(), new Heard(), left)) {
        assertThat(DurableLogTest.all(again)).isEqualTo(written);
      }
    }
  }

  @Test
  void givesUpWhatIsMissingAndWhatStandsBehindWhenTheOperatorAcceptsTheLoss() throws IOException {
    String whole = incarnation();
    damage(9, 10, 11);
    LogOptions accepting = healing.options().withAcceptDataLoss(true);

    try (DurableLog log = DurableLog.open(accepting, heard, disk)) {
      assertThat(log.holes()).isEmpty();
      assertThat(log.recovery().incarnation()).isNotEqualTo(whole);
      assertThat(log.knownEnd()).isEqualTo(8);
      log.append(Entries.LOG_ID, Entries.behind(log.end(), 2, i -> "anew"));
      heard.awaitDurable(10);
    }

    try (DurableLog log = open()) {
      assertThat(log.recovery().corruption()).isEmpty();
      assertThat(log.holes()).isEmpty();
      assertThat(log.durableIndex()).isEqualTo(10);
    }
    assertThat(disk.names()).anyMatch(name -> name.startsWith("quarantine/" + FIRST));
    assertThat(disk.names()).anyMatch(name -> name.startsWith("quarantine/" + islandBehind(12)));
  }

  @Test
  void isDoubtfulUntilTheNextPromiseOnceSomethingWasMissing() throws IOException {
    disk.remove(lastSegment());

    try (DurableLog log = open()) {
      assertThat(log.recovery().corruption()).isEmpty();
      assertThat(log.recovery().doubtful()).isTrue();
      healing.fill(log, heard);
    }
    try (DurableLog log = open()) {
      assertThat(log.holes()).isEmpty();
      assertThat(log.recovery().doubtful()).isTrue();
      log.persistPromise(new Promise(2, "start", Entries.LOG_ID));
      heard.awaitPromises(1);
    }

    try (DurableLog log = open()) {
      assertThat(log.recovery().doubtful()).isFalse();
    }
  }

  @Test
  void forgetsNoLossWhenThePowerGoesWhileItIsGivenUp() throws IOException {
    String whole = incarnation();
    disk.remove(lastSegment());
    boolean through = false;
    int given = 0;
    for (int i = 0; !through; i++) {
      SimulatedDisk cut = disk.copy();
      cut.powerOffAfter(i / 4);
      through = givesUp(cut);
      cut.crash(new Random(i));

      try (DurableLog log = DurableLog.open(healing.options(), new Heard(), cut)) {
        given += log.holes().isEmpty() ? 1 : 0;
        assertThat(log.recovery().incarnation()).isNotEqualTo(whole);
        assertThat(log.recovery().doubtful()).isTrue();
      }
    }

    assertThat(given).isPositive();
  }

  private boolean givesUp(SimulatedDisk cut) {
    LogOptions accepting = healing.options().withAcceptDataLoss(true);
    try (DurableLog log = DurableLog.open(accepting, new Heard(), cut)) {
      return log.holes().isEmpty();
    } catch (IOException powerIsOff) {
      assertThat(powerIsOff).hasMessageContaining("power");
      return false;
    }
  }

  @Test
  void isReadOnlyUpToTheDamageWhenThereIsNoRoomToRepair() throws IOException {
    damage(5);
    byte[] damaged = disk.bytes(FIRST);
    disk.setFreeBytes(1_000);

    try (DurableLog log = open()) {
      assertThat(log.isWritable()).isFalse();
      assertThat(log.holes()).extracting(Hole::firstIndex).containsExactly(5L);
      assertThat(DurableLogTest.all(log)).isEqualTo(written.subList(0, 4));
    }
    assertThat(disk.names()).anyMatch(name -> name.endsWith(".damaged.log"));
    disk.setFreeBytes(Long.MAX_VALUE);

    assertThat(healing.violationOf(disk, 1)).isNull();
    assertThat(disk.names().stream().filter(name -> name.startsWith("quarantine/")))
        .singleElement()
        .satisfies(name -> assertThat(disk.bytes(name)).isEqualTo(damaged));
  }

  private static String islandBehind(long firstIndex) {
    return SegmentHeader.fileName(firstIndex);
  }

  private String lastSegment() {
    return disk.names().stream().filter(name -> name.endsWith(".log")).toList().getLast();
  }

  private String incarnation() throws IOException {
    try (DurableLog log = open()) {
      return log.recovery().incarnation();
    }
  }

  /// Spoils the text of entries in the first segment.
  private void damage(int... indexes) {
    disk.put(FIRST, damaged(disk.bytes(FIRST), written, indexes));
  }

  private static byte[] damaged(byte[] segment, List<Entry> entries, int... indexes) {
    int at = SegmentHeader.BYTES;
    for (Entry entry : entries.subList(0, Arrays.stream(indexes).max().orElseThrow())) {
      boolean wanted = Arrays.stream(indexes).anyMatch(index -> index == entry.index());
      segment[at + RecordHeader.BYTES] ^= (byte) (wanted ? 1 : 0);
      at += RecordCodec.Encoded.of(entry).recordBytes();
    }
    return segment;
  }

  private DurableLog open() throws IOException {
    return DurableLog.open(healing.options(), heard, disk);
  }

  private static Entry[] array(List<Entry> entries) {
    return entries.toArray(Entry[]::new);
  }
}
