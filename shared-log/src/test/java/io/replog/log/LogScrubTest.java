package io.replog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.replog.model.Entry;
import io.replog.model.Position;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the scrub finds, how fast it goes, and that it finds nothing in a good log.
class LogScrubTest {

  private static final int ENTRIES = 60;
  private static final long RATE = 5 << 20;

  private final Healing healing =
      new Healing(
          Entries.behind(Position.START, ENTRIES, i -> ("message " + i + " ").repeat(14)),
          LogOptions.of(SimulatedDisk.DIRECTORY, "replog", "follower-1").withSegmentBytes(4 << 10));
  private final SimulatedDisk disk = healing.disk();
  private final Heard heard = new Heard();

  @Test
  void readsEverythingDurableAndBeginsAgain() throws IOException {
    long recordBytes =
        healing.written().stream()
            .mapToLong(entry -> RecordCodec.Encoded.of(entry).recordBytes())
            .sum();
    try (DurableLog log = open();
        LogScrub scrub = log.scrub(RATE)) {
      for (int pass = 0; pass < 3; pass++) {
        assertThat(bytesOfOnePass(scrub)).isEqualTo(recordBytes);
      }
    }
  }

  @Test
  void readsWhatWasAppendedMeanwhile() throws IOException {
    List<Entry> more = Entries.behind(healing.written().getLast().position(), 20);
    try (DurableLog log = open();
        LogScrub scrub = log.scrub(RATE)) {
      long before = bytesOfOnePass(scrub);

      log.append(Entries.LOG_ID, more);
      heard.awaitDurable(ENTRIES + 20);

      assertThat(bytesOfOnePass(scrub)).isGreaterThan(before);
    }
  }

  @Test
  void asksForAPauseThatKeepsTheRate() throws IOException {
    try (DurableLog log = open();
        LogScrub scrub = log.scrub(1_000)) {
      LogScrub.Step step = scrub.step();

      assertThat(step.pause()).isEqualTo(Duration.ofMillis(step.bytes()));
    }
  }

  @Test
  void readsAtMostAStepAtOnce() throws IOException {
    Healing large =
        new Healing(
            Entries.behind(Position.START, 8, i -> "x".repeat(100_000)),
            healing.options().withSegmentBytes(1 << 20));
    SimulatedDisk largeDisk = large.disk();
    try (DurableLog log = DurableLog.open(large.options(), heard, largeDisk);
        LogScrub scrub = log.scrub(RATE)) {
      LogScrub.Step step = scrub.step();

      assertThat(step.bytes()).isBetween((long) LogScrub.STEP_BYTES, 400_000L);
      assertThat(step.passEnded()).isFalse();
    }
  }

  @Test
  void findsEveryFlippedBitOfARecordAndOfAHeaderWhileTheLogIsOpen() throws IOException {
    try (DurableLog log = open()) {
      for (String name : segments()) {
        byte[] bytes = disk.bytes(name);
        for (int bit = 0; bit < 8 * used(bytes); bit += 41) {
          byte[] damaged = bytes.clone();
          damaged[bit / 8] ^= (byte) (1 << bit % 8);
          disk.put(name, damaged);

          assertThat(damageFoundBy(log).index()).as("%s bit %d", name, bit).isPositive();

          disk.put(name, bytes);
        }
      }
      try (LogScrub scrub = log.scrub(RATE)) {
        assertThat(bytesOfOnePass(scrub)).isPositive();
      }
    }
  }

  @Test
  void namesTheEntryThatCannotBeRead() throws IOException {
    String name = segments().get(1);
    long first = Long.parseLong(name.substring(0, 20));
    byte[] bytes = disk.bytes(name);
    int secondRecord =
        SegmentHeader.BYTES
            + RecordCodec.Encoded.of(healing.written().get((int) first - 1)).recordBytes();
    try (DurableLog log = open()) {
      bytes[secondRecord + 70] ^= 1;
      disk.put(name, bytes);

      assertThat(damageFoundBy(log).index()).isEqualTo(first + 1);
      assertThat(damageFoundBy(log)).hasMessageContaining(name);
    }
  }

  @Test
  void findsASegmentThatWasReplacedByAnother() throws IOException {
    try (DurableLog log = open()) {
      disk.put(segments().get(1), disk.bytes(segments().getFirst()));

      assertThat(damageFoundBy(log)).hasMessageContaining("header");
    }
  }

  @Test
  void readsUpToTheFirstHoleOnly() throws IOException {
    disk.remove(segments().get(1));
    try (DurableLog log = open();
        LogScrub scrub = log.scrub(RATE)) {
      long upToTheHole = bytesOfOnePass(scrub);

      healing.fill(log, heard);

      assertThat(bytesOfOnePass(scrub)).isGreaterThan(upToTheHole);
    }
  }

  @Test
  void doesNothingInAnEmptyLogAndRefusesAStandstill() throws IOException {
    try (DurableLog log = DurableLog.open(healing.options(), heard, new SimulatedDisk());
        LogScrub scrub = log.scrub(RATE)) {
      assertThat(scrub.step()).isEqualTo(new LogScrub.Step(0, Duration.ZERO, true));
      assertThatThrownBy(() -> log.scrub(0)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static LogCorruptException damageFoundBy(DurableLog log) {
    try (LogScrub scrub = log.scrub(RATE)) {
      return catchThrowableOfType(LogCorruptException.class, () -> bytesOfOnePass(scrub));
    }
  }

  private static long bytesOfOnePass(LogScrub scrub) {
    long bytes = 0;
    LogScrub.Step step = scrub.step();
    while (!step.passEnded()) {
      bytes += step.bytes();
      step = scrub.step();
    }
    return bytes + step.bytes();
  }

  private DurableLog open() throws IOException {
    return DurableLog.open(healing.options(), heard, disk);
  }

  private List<String> segments() {
    return disk.names().stream().filter(name -> name.endsWith(".log")).toList();
  }

  private static int used(byte[] bytes) {
    int end = bytes.length;
    while (bytes[end - 1] == 0) {
      end--;
    }
    return end;
  }
}
