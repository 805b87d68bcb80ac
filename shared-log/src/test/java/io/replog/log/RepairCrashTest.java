package io.replog.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.Position;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// The power goes at every operation of a repair and of the filling that follows, on a disk that
/// then keeps any part of what was not forced: what was intact before is intact afterwards.
class RepairCrashTest {

  private static final int ENTRIES = 40;

  /// More entries than the damage of any case here can have hit.
  private static final int MOST_MISSING = 4;

  private final Healing healing =
      new Healing(
          Entries.behind(Position.START, ENTRIES, i -> ("message " + i + " ").repeat(14)),
          LogOptions.of(SimulatedDisk.DIRECTORY, "replog", "follower-1").withSegmentBytes(4 << 10));
  private final SimulatedDisk good = healing.disk();
  private final List<String> segments =
      good.names().stream().filter(name -> name.endsWith(".log")).toList();

  @Test
  void keepsEverythingIntactWhenThePowerGoesInTheRepair() {
    assertThat(violationsOf(flippedBits(), _ -> {})).isEmpty();
  }

  @Test
  void keepsEverythingIntactWhenThePowerGoesAmongSwappedSegments() {
    assertThat(violationsOf(swapped(), _ -> {})).isEmpty();
  }

  @Test
  void keepsEverythingIntactWhenThePowerGoesWhileAHeaderHeals() {
    SimulatedDisk damaged = good.copy();
    segments.forEach(name -> flip(damaged, name, 8 * 30));

    assertThat(violationsOf(damaged, _ -> {})).isEmpty();
  }

  @Test
  void findsTheLossWhenTheRepairForcesNothing() {
    assertThat(violationsOf(flippedBits(), SimulatedDisk::ignoreForces)).isNotEmpty();
  }

  @Test
  void findsTheLossWhenTheRepairForcesNoDirectory() {
    assertThat(violationsOf(flippedBits(), SimulatedDisk::ignoreDirectoryForces)).isNotEmpty();
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
  private List<String> violationsOf(SimulatedDisk damaged, Consumer<SimulatedDisk> lie) {
    List<String> violations = new ArrayList<>();
    boolean through = false;
    for (int operations = 0; !through; operations++) {
      for (int seed = 0; seed < 4; seed++) {
        SimulatedDisk disk = damaged.copy();
        lie.accept(disk);
        through = livesFor(operations, disk);
        disk.crash(new Random(31L * operations + seed));
        String violation = healing.violationOf(withoutLies(disk), MOST_MISSING);
        if (violation != null && !violation.contains("unnoticed")) {
          violations.add("after %d operations, seed %d: %s".formatted(operations, seed, violation));
        }
      }
    }
    return violations;
  }

  private static SimulatedDisk withoutLies(SimulatedDisk disk) {
    return disk.copy();
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
