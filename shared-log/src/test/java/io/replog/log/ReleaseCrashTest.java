package io.replog.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.Entry;
import io.replog.model.Position;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The power goes at every operation of a release, and of a beginning behind a base: what stays is
/// the log from the old beginning or from the new one, and never a hole.
class ReleaseCrashTest {

  private static final int ENTRIES = 120;
  private static final long WANTED = 80;

  /// Power cuts at the same operation.
  private static final int OUTCOMES = 4;

  private static final LogOptions OPTIONS =
      LogOptions.of(SimulatedDisk.DIRECTORY, "replog", "master").withSegmentBytes(4 << 10);

  private final List<Entry> entries = Entries.behind(Position.START, ENTRIES);

  @Test
  void keepsTheLogFromTheOldOrTheNewBeginning() throws IOException {
    Outcomes outcomes = new Outcomes();

    cutAtEveryOperation(_ -> {}, outcomes);

    assertThat(outcomes.violations).isEmpty();
    assertThat(outcomes.fromStart).isPositive();
    assertThat(outcomes.fromBase).isPositive();
    assertThat(outcomes.cutBehindTheBase).isPositive();
  }

  /// Without the force of the directory the deletion may be on disk and the base not.
  @Test
  void findsTheLossWhenDirectoryForcesAreIgnored() throws IOException {
    Outcomes outcomes = new Outcomes();

    cutAtEveryOperation(SimulatedDisk::ignoreDirectoryForces, outcomes);

    assertThat(outcomes.violations).isNotEmpty();
  }

  @Test
  void findsTheLossWhenSegmentsGoBeforeTheBaseIsOnRecord() throws IOException {
    SimulatedDisk disk = filled();

    disk.remove(SegmentHeader.fileName(1));

    assertThat(violationIn(disk, new Outcomes())).contains("missing");
  }

  @Test
  void beginsBehindTheBaseOrNotAtAll() throws IOException {
    Position base = entries.get(49).position();
    Random random = new Random(7);
    boolean cut = true;
    for (int operations = 0; cut; operations++) {
      SimulatedDisk disk = new SimulatedDisk();
      Heard heard = new Heard();
      DurableLog log = DurableLog.open(OPTIONS, heard, disk);
      disk.powerOffAfter(operations);
      log.begin(Entries.LOG_ID, base);
      heard.awaitDurableOrFailure(base.index());
      cut = heard.failure() != null;
      close(log);
      disk.crash(random);
      try (DurableLog again = DurableLog.open(OPTIONS, new Heard(), disk)) {
        assertThat(again.end()).isIn(Position.START, base);
        assertThat(again.holes()).isEmpty();
        assertThat(cut || again.end().equals(base)).isTrue();
      }
    }
  }

  private void cutAtEveryOperation(Consumer<SimulatedDisk> lie, Outcomes outcomes)
      throws IOException {
    SimulatedDisk full = filled();
    boolean cut = true;
    for (int operations = 0; cut; operations++) {
      for (int outcome = 0; outcome < OUTCOMES; outcome++) {
        SimulatedDisk disk = full.copy();
        lie.accept(disk);
        cut = release(disk, operations);
        disk.crash(new Random(operations * 31L + outcome));
        String violation = violationIn(disk, outcomes);
        if (violation != null) {
          outcomes.violations.add(operations + "/" + outcome + ": " + violation);
        }
      }
    }
  }

  /// @return whether the power went before it was done
  private static boolean release(SimulatedDisk disk, int operations) throws IOException {
    Heard heard = new Heard();
    DurableLog log = DurableLog.open(OPTIONS, heard, disk);
    long base = log.boundary(WANTED).index();
    disk.powerOffAfter(operations);
    log.release(WANTED);
    heard.awaitReleasedOrFailure(base);
    close(log);
    return heard.failure() != null;
  }

  private static void close(DurableLog log) {
    try {
      log.close();
    } catch (IOException powerIsOff) {
      assertThat(powerIsOff).hasMessageContaining("power");
    }
  }

  private @Nullable String violationIn(SimulatedDisk disk, Outcomes outcomes) {
    try (DurableLog log = DurableLog.open(OPTIONS, new Heard(), disk)) {
      if (!log.holes().isEmpty()) {
        return log.holes().toString();
      }
      int base = (int) log.base().index();
      outcomes.fromStart += base == 0 ? 1 : 0;
      outcomes.fromBase += base > 0 ? 1 : 0;
      outcomes.cutBehindTheBase += log.recovery().cleanShutdown() || base == 0 ? 0 : 1;
      List<Entry> kept = ReleaseTest.readFrom(log, base + 1L);
      return kept.equals(entries.subList(base, ENTRIES)) ? null : "not what was appended";
    } catch (IOException | LogRefusedException refused) {
      return refused.toString();
    }
  }

  private SimulatedDisk filled() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    Heard heard = new Heard();
    try (DurableLog log = DurableLog.open(OPTIONS, heard, disk)) {
      log.append(Entries.LOG_ID, entries);
      heard.awaitDurable(ENTRIES);
    }
    return disk;
  }

  /// What the power cuts have left behind.
  private static final class Outcomes {
    final List<String> violations = new ArrayList<>();
    int fromStart;
    int fromBase;
    int cutBehindTheBase;
  }
}
