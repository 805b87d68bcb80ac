package io.replog.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.Entry;
import io.replog.model.Position;
import io.replog.model.Promise;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The power goes at every operation of a repair and of the filling that follows, on a disk that
/// then keeps any part of what was not forced: what was intact before is intact afterwards.
class RepairCrashTest {

  private static final int ENTRIES = 40;

  /// More entries than the damage of any case here can have hit.
  private static final int MOST_MISSING = 4;

  /// Power cuts at the same operation.
  private static final int OUTCOMES = 4;

  private final Healing healing =
      new Healing(
          Entries.behind(Position.START, ENTRIES, i -> ("message " + i + " ").repeat(14)),
          LogOptions.of(SimulatedDisk.DIRECTORY, "replog", "follower-1").withSegmentBytes(4 << 10));
  private final SimulatedDisk good = healing.disk();
  private final List<String> segments =
      good.names().stream().filter(name -> name.endsWith(".log")).toList();

  @Test
  void keepsEverythingIntactWhenThePowerGoesInTheRepair() {
    assertThat(lossIn(flippedBits(), _ -> {})).isNull();
  }

  @Test
  void keepsEverythingIntactWhenThePowerGoesAmongSwappedSegments() {
    assertThat(lossIn(swapped(), _ -> {})).isNull();
  }

  @Test
  void keepsEverythingIntactWhenThePowerGoesWhileAHeaderHeals() {
    SimulatedDisk damaged = good.copy();
    segments.forEach(name -> flip(damaged, name, 8 * 30));

    assertThat(lossIn(damaged, _ -> {})).isNull();
  }

  @Test
  void findsTheLossWhenTheRepairForcesNothing() {
    assertThat(lossIn(flippedBits(), SimulatedDisk::ignoreForces)).isNotNull();
  }

  @Test
  void findsTheLossWhenTheRepairForcesNoDirectory() {
    assertThat(lossIn(flippedBits(), SimulatedDisk::ignoreDirectoryForces)).isNotNull();
  }

  /// Of a group that the power cut has torn a piece may be intact. Behind a damaged end nobody can
  /// tell that what is before this piece was never durable, so it counts as missing: too much is
  /// asked for, and nothing is lost.
  @Test
  void healsWhatIsDamagedInALogThatAPowerCutHasEnded() throws IOException {
    List<String> violations = new ArrayList<>();
    int torn = 0;
    for (int seed = 0; seed < 300; seed++) {
      CutLog cut = CutLog.of(seed);
      int flips = cut.damage();
      torn += cut.tornBytes > 0 ? 1 : 0;
      String violation = new Healing(cut.whole, CutLog.OPTIONS).lossOf(cut.disk, flips);
      boolean isOfTorn =
          cut.tornBytes > 0 && violation != null && violation.startsWith(Healing.BEYOND);
      if (violation != null && !isOfTorn) {
        violations.add("seed " + seed + ": " + violation);
      }
    }

    assertThat(violations).isEmpty();
    assertThat(torn).isPositive();
  }

  /// A log that a power cut has ended somewhere, and what an undamaged start finds of it.
  private static final class CutLog {
    static final LogOptions OPTIONS =
        LogOptions.of(SimulatedDisk.DIRECTORY, "replog", "follower-1").withSegmentBytes(4 << 10);

    final Random random;
    final SimulatedDisk disk = new SimulatedDisk();
    List<Entry> whole = List.of();
    long tornBytes;

    private CutLog(int seed) {
      this.random = new Random(seed);
    }

    static CutLog of(int seed) throws IOException {
      CutLog cut = new CutLog(seed);
      cut.write();
      cut.disk.crash(cut.random);
      try (DurableLog log = DurableLog.open(OPTIONS, new Heard(), cut.disk.copy())) {
        cut.whole = DurableLogTest.all(log);
        cut.tornBytes = log.recovery().tornBytes();
      }
      return cut;
    }

    private void write() throws IOException {
      Heard heard = new Heard();
      DurableLog log = DurableLog.open(OPTIONS, heard, disk);
      log.persistPromise(new Promise(1, "start", Entries.LOG_ID));
      heard.awaitPromises(1);
      disk.powerOffAfter(random.nextInt(10, 120));
      Position end = Position.START;
      while (heard.failure() == null) {
        List<Entry> group =
            Entries.behind(end, random.nextInt(1, 9), i -> ("x" + i).repeat(random.nextInt(90)));
        end = group.getLast().position();
        try {
          log.append(Entries.LOG_ID, group);
        } catch (LogFailedException powerIsOff) {
          break;
        }
        heard.awaitDurableOrFailure(end.index());
      }
      log.close();
    }

    /// Flips bits of records and headers that a later record witnesses.
    ///
    /// @return how many
    int damage() {
      List<Place> places = Place.ofRecords(disk, Place.watermark(disk));
      int flips = places.isEmpty() ? 0 : random.nextInt(1, 5);
      for (int i = 0; i < flips; i++) {
        Place place = places.get(random.nextInt(places.size()));
        flip(disk, place.segment(), 8 * place.offset() + random.nextInt(8 * place.bytes()));
      }
      return flips;
    }
  }

  /// Where a record stands.
  private record Place(String segment, int offset, int bytes, RecordHeader header) {

    static List<Place> ofRecords(SimulatedDisk disk, long upToIndex) {
      return all(disk).stream().filter(place -> place.header.index() <= upToIndex).toList();
    }

    static long watermark(SimulatedDisk disk) {
      return all(disk).stream().mapToLong(place -> place.header.durableIndex()).max().orElse(0);
    }

    private static List<Place> all(SimulatedDisk disk) {
      return disk.names().stream()
          .filter(name -> name.endsWith(".log"))
          .flatMap(name -> all(name, ByteBuffer.wrap(disk.bytes(name))).stream())
          .toList();
    }

    private static List<Place> all(String name, ByteBuffer segment) {
      List<Place> places = new ArrayList<>();
      int at = SegmentHeader.BYTES;
      while (at + RecordHeader.BYTES <= segment.limit()) {
        RecordHeader header = RecordHeader.parse(segment, at);
        if (header == null) {
          break;
        }
        places.add(new Place(name, at, header.recordBytes(), header));
        at += header.recordBytes();
      }
      return places;
    }
  }

  private SimulatedDisk flippedBits() {
    SimulatedDisk damaged = good.copy();
    for (int at = 700; at < 3_400; at += 1_200) {
      flip(damaged, segments.getFirst(), 8 * at);
    }
    flip(damaged, segments.getLast(), 8 * 600);
    return damaged;
  }

  private SimulatedDisk swapped() {
    SimulatedDisk damaged = good.copy();
    damaged.put(segments.getFirst(), good.bytes(segments.get(1)));
    damaged.put(segments.get(1), good.bytes(segments.getFirst()));
    return damaged;
  }

  /// One power cut at every operation until a whole repair gets through, each with several
  /// outcomes.
  ///
  /// @return the first loss, null when there is none
  private @Nullable String lossIn(SimulatedDisk damaged, Consumer<SimulatedDisk> lie) {
    String loss = null;
    boolean through = false;
    for (int i = 0; !through && loss == null; i++) {
      SimulatedDisk disk = damaged.copy();
      lie.accept(disk);
      through = livesFor(i / OUTCOMES, disk);
      disk.crash(new Random(i));
      loss = healing.lossOf(disk.copy(), MOST_MISSING);
    }
    return loss;
  }

  /// @return whether the power lasted until everything was filled and closed
  private boolean livesFor(int operations, SimulatedDisk disk) {
    Heard heard = new Heard();
    disk.powerOffAfter(operations);
    try {
      DurableLog log = DurableLog.open(healing.options(), heard, disk);
      fillUntilThePowerGoes(log, heard);
      log.close();
      return heard.failure() == null;
    } catch (IOException powerIsOff) {
      assertThat(powerIsOff).hasMessageContaining("power");
      return false;
    }
  }

  private void fillUntilThePowerGoes(DurableLog log, Heard heard) {
    while (!log.holes().isEmpty() && heard.failure() == null) {
      Hole hole = log.holes().getFirst();
      try {
        log.append(Entries.LOG_ID, healing.entries(hole).subList(0, 1));
      } catch (LogFailedException powerIsOff) {
        return;
      }
      heard.awaitDurableOrFailure(hole.firstIndex());
    }
  }

  private static void flip(SimulatedDisk disk, String name, int bit) {
    byte[] bytes = disk.bytes(name);
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
    disk.put(name, bytes);
  }
}
