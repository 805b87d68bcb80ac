package io.replog.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.Entry;
import io.replog.model.Position;
import io.replog.model.Promise;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Power cuts at every kind of moment, on a disk that then keeps any part of what was not forced.
class CrashTest {

  private static final int SEEDS = 400;
  private static final int LIVES = 4;

  @Test
  void keepsEverythingReportedDurableThroughPowerCuts() {
    List<Life> lives = IntStream.range(0, SEEDS).mapToObj(seed -> run(seed, _ -> {})).toList();

    assertThat(lives).extracting(life -> life.violation).containsOnlyNulls();
    assertThat(lives.stream().mapToInt(life -> life.tornTails).sum()).isGreaterThan(SEEDS / 4);
  }

  @Test
  void findsTheLossWhenForcesAreIgnored() {
    assertThat(violationsWith(SimulatedDisk::ignoreForces)).isPositive();
  }

  @Test
  void findsTheLossWhenDirectoryForcesAreIgnored() {
    assertThat(violationsWith(SimulatedDisk::ignoreDirectoryForces)).isPositive();
  }

  private static long violationsWith(Consumer<SimulatedDisk> lie) {
    return IntStream.range(0, 60).filter(seed -> run(seed, lie).violation != null).count();
  }

  /// Several lives of one disk, each ended by a power cut.
  private static Life run(int seed, Consumer<SimulatedDisk> lie) {
    Life life = new Life(seed);
    lie.accept(life.disk);
    for (int i = 0; i < LIVES && life.violation == null; i++) {
      life.live();
      life.disk.crash(life.random);
      life.checkOnHealthyDisk();
    }
    return life;
  }

  /// One disk, and what its owner was told.
  private static final class Life {
    private final int seed;
    private final Random random;
    private final SimulatedDisk disk = new SimulatedDisk();

    /// All that was ever appended and may be in the log.
    private final List<Entry> appended = new ArrayList<>();

    private long toldDurable;
    private long toldPromise;
    private int tornTails;
    private @Nullable String violation;

    Life(int seed) {
      this.seed = seed;
      this.random = new Random(seed);
    }

    /// Appends until the power goes.
    void live() {
      disk.powerOffAfter(random.nextInt(10, 250));
      Heard heard = new Heard();
      try {
        DurableLog log = DurableLog.open(options(), heard, disk);
        toldDurable = log.recovery().end().index();
        forgetBehind(log.recovery().end());
        appendUntilFailure(log, heard);
        closeQuietly(log);
      } catch (IOException powerIsOff) {
        assertThat(powerIsOff).hasMessageContaining("power");
      } catch (LogRefusedException refused) {
        violation = seed + ": " + refused.getMessage();
      }
      toldDurable = Math.max(toldDurable, heard.durableIndex());
      heard.promises.forEach(promise -> toldPromise = Math.max(toldPromise, promise.epoch()));
    }

    private void appendUntilFailure(DurableLog log, Heard heard) {
      for (int group = 0; group < 40 && heard.failure() == null; group++) {
        int count = random.nextInt(1, 12);
        List<Entry> entries = Entries.behind(end(), count, i -> "x".repeat(random.nextInt(700)));
        try {
          if (random.nextInt(8) == 0) {
            log.persistPromise(new Promise(toldPromise + group + 1, "s", Entries.LOG_ID));
          }
          log.append(Entries.LOG_ID, entries);
          appended.addAll(entries);
        } catch (IllegalStateException failed) {
          return;
        }
        if (random.nextBoolean()) {
          heard.awaitDurableOrFailure(end().index());
        }
      }
    }

    private static void closeQuietly(DurableLog log) throws IOException {
      log.close();
    }

    void checkOnHealthyDisk() {
      try (DurableLog log = DurableLog.open(options(), new Heard(), disk.copy())) {
        Recovery recovery = log.recovery();
        List<Entry> found = DurableLogTest.all(log);
        tornTails += recovery.tornBytes() > 0 ? 1 : 0;
        if (!recovery.corruption().isEmpty()) {
          violation = seed + ": " + recovery.corruption();
        } else if (found.size() < toldDurable) {
          violation = seed + ": " + toldDurable + " told durable, found " + found.size();
        } else if (!found.equals(appended.subList(0, Math.min(appended.size(), found.size())))) {
          violation = seed + ": not a prefix of what was appended";
        } else if (toldPromise > 0 && promised(recovery) < toldPromise) {
          violation = seed + ": promise " + toldPromise + " is gone";
        }
      } catch (IOException | LogRefusedException refused) {
        violation = seed + ": " + refused;
      }
    }

    private static long promised(Recovery recovery) {
      return recovery.promise() == null ? 0 : recovery.promise().epoch();
    }

    private void forgetBehind(Position end) {
      appended.subList((int) end.index(), appended.size()).clear();
    }

    private Position end() {
      return appended.isEmpty() ? Position.START : appended.getLast().position();
    }

    private static LogOptions options() {
      return LogOptions.of(SimulatedDisk.DIRECTORY, "replog", "master").withSegmentBytes(8 << 10);
    }
  }
}
