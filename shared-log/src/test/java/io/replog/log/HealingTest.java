package io.replog.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A log of 64 KiB in four segments, damaged in every way: what is served is right, what is intact
/// is kept, and a good copy makes it whole. `-Dreplog.corruption=all` tries every bit and every
/// length, otherwise a sample.
class HealingTest {

  private static final int SEGMENT_BYTES = 16 << 10;
  private static final int LOG_BYTES = 64 << 10;
  static final boolean ALL = "all".equals(System.getProperty("replog.corruption"));
  private static final int SECTOR_BYTES = 512;
  private static final int ENTRIES = 196;

  private final Healing healing =
      new Healing(
          Entries.behind(Position.START, ENTRIES, i -> ("message " + i + " ").repeat(20)),
          LogOptions.of(SimulatedDisk.DIRECTORY, "replog", "master")
              .withSegmentBytes(SEGMENT_BYTES));
  private final SimulatedDisk good = healing.disk();
  private final List<String> segments = segmentsOf(good);

  @Test
  void healsWhicheverBitFlips() {
    assertThat(segments.stream().mapToInt(name -> good.bytes(name).length).sum())
        .isEqualTo(LOG_BYTES);

    List<String> violations =
        violations(8 * LOG_BYTES, ALL ? 1 : 397, bit -> check(bit, HealingTest::flip, 1));

    assertThat(violations).isEmpty();
  }

  @Test
  void noticesTheFlippedBitsThatOnlyAChecksumSees() {
    List<String> violations =
        violations(
            8 * LOG_BYTES,
            397,
            bit -> check(bit, (bytes, at) -> Forgery.rightChecksums(flip(bytes, at)), 1));

    assertThat(violations).anyMatch(violation -> violation.contains("unnoticed"));
  }

  @Test
  void noticesTheWrongTextThatOnlyChecksumsAndChainSee() {
    List<String> violations =
        violations(
            8 * LOG_BYTES,
            397,
            bit -> check(bit, (bytes, at) -> Forgery.rightChain(flip(bytes, at)), ENTRIES));

    assertThat(violations).anyMatch(violation -> violation.contains("wrong entry"));
  }

  @Test
  void healsWhereverASegmentEnds() {
    List<String> violations =
        violations(
            LOG_BYTES,
            ALL ? 1 : 211,
            at -> check(8 * at, (bytes, bit) -> Arrays.copyOf(bytes, bit / 8), ENTRIES));

    assertThat(violations).isEmpty();
  }

  @Test
  void healsWhicheverSectorsAreZeros() {
    int sectors = LOG_BYTES / SECTOR_BYTES;
    for (int length = 1; length <= 3; length++) {
      int zeros = length * SECTOR_BYTES;

      List<String> violations =
          violations(
              sectors,
              1,
              sector ->
                  check(
                      8 * SECTOR_BYTES * sector,
                      (bytes, bit) -> zeroed(bytes, bit / 8, zeros),
                      ENTRIES));

      assertThat(violations).isEmpty();
    }
  }

  @Test
  void healsWhateverIsDamagedInSeveralPlaces() {
    List<String> violations = new ArrayList<>();
    for (int seed = 0; seed < (ALL ? 20_000 : 400); seed++) {
      Random random = new Random(seed);
      SimulatedDisk disk = good.copy();
      for (int i = random.nextInt(2, 30); i > 0; i--) {
        String name = segments.get(random.nextInt(segments.size()));
        disk.put(name, flip(disk.bytes(name), random.nextInt(8 * used(disk.bytes(name)))));
      }
      note(violations, "seed " + seed, healing.violationOf(disk, ENTRIES));
    }

    assertThat(violations).isEmpty();
  }

  @Test
  void healsWhicheverSegmentsAreMissing() {
    for (int missing = 1; missing < 1 << segments.size(); missing++) {
      SimulatedDisk disk = good.copy();
      for (int i = 0; i < segments.size(); i++) {
        if ((missing >> i & 1) == 1) {
          disk.remove(segments.get(i));
        }
      }

      assertThat(healing.violationOf(disk, ENTRIES)).as("missing %d", missing).isNull();
    }
  }

  @Test
  void needsNobodyWhenSegmentsAreSwapped() {
    List<String> names = new ArrayList<>(segments);
    for (int seed = 0; seed < 30; seed++) {
      Collections.shuffle(names, new Random(seed));
      if (names.equals(segments)) {
        continue;
      }
      SimulatedDisk disk = good.copy();
      for (int i = 0; i < names.size(); i++) {
        disk.put(segments.get(i), good.bytes(names.get(i)));
      }

      assertThat(healing.violationOf(disk, 0)).as("seed %d", seed).isNull();
    }
  }

  @Test
  void needsNobodyWhenASegmentIsThereTwice() {
    for (String name : segments) {
      SimulatedDisk disk = good.copy();
      disk.put(SegmentHeader.fileName(1_000), good.bytes(name));

      assertThat(healing.violationOf(disk, 0)).isNull();
    }
  }

  @Test
  void healsWhenASegmentIsOverwrittenByAnother() {
    for (String name : segments) {
      for (String other : segments) {
        SimulatedDisk disk = good.copy();
        disk.put(name, good.bytes(other));

        String violation = healing.violationOf(disk, ENTRIES);

        assertThat(violation).isEqualTo(name.equals(other) ? "the damage goes unnoticed" : null);
      }
    }
  }

  @Test
  void needsNobodyWhenTheHeaderOfASegmentIsDamaged() {
    for (String name : segments) {
      SimulatedDisk disk = good.copy();
      disk.put(name, zeroed(good.bytes(name), 0, SegmentHeader.BYTES));

      assertThat(healing.violationOf(disk, 0)).isNull();
    }
  }

  @Test
  void healsWhenASegmentIsOfAnotherLog() {
    for (String name : segments) {
      SimulatedDisk disk = good.copy();
      byte[] foreign = good.bytes(name);
      SegmentHeader header =
          new SegmentHeader("replog", "another log", new Position(indexOf(name) - 1, 1, 77));
      System.arraycopy(header.encode().array(), 0, foreign, 0, SegmentHeader.BYTES);
      disk.put(name, foreign);

      assertThat(healing.violationOf(disk, ENTRIES)).isNull();
    }
  }

  @Test
  void keepsWhatWasDamagedByteForByte() {
    for (String name : segments) {
      SimulatedDisk disk = good.copy();
      byte[] damaged = flip(good.bytes(name), 8 * 1_500);
      disk.put(name, damaged);

      assertThat(healing.violationOf(disk, 1)).isNull();

      List<String> kept =
          disk.names().stream().filter(file -> file.startsWith("quarantine/" + name)).toList();
      assertThat(kept).hasSize(1);
      assertThat(disk.bytes(kept.getFirst())).isEqualTo(damaged);
    }
  }

  private interface Change {
    byte[] apply(byte[] segment, int bit);
  }

  /// @param bit of the whole log, segments one behind the other
  private @Nullable String check(int bit, Change change, int mostMissing) {
    int bits = 8 * SEGMENT_BYTES;
    String name = segments.get(bit / bits);
    SimulatedDisk disk = good.copy();
    disk.put(name, change.apply(good.bytes(name), bit % bits));
    boolean sameContent =
        Arrays.equals(Arrays.copyOf(disk.bytes(name), SEGMENT_BYTES), good.bytes(name));
    return sameContent ? null : healing.violationOf(disk, mostMissing);
  }

  private static List<String> violations(
      int cases, int stride, IntFunction<@Nullable String> check) {
    return IntStream.range(0, (cases + stride - 1) / stride)
        .parallel()
        .map(i -> i * stride)
        .mapToObj(
            at -> {
              String violation = check.apply(at);
              return violation == null ? null : at + ": " + violation;
            })
        .filter(Objects::nonNull)
        .toList();
  }

  private static void note(List<String> violations, String where, @Nullable String violation) {
    if (violation != null) {
      violations.add(where + ": " + violation);
    }
  }

  private static byte[] flip(byte[] bytes, int bit) {
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
    return bytes;
  }

  private static byte[] zeroed(byte[] bytes, int from, int length) {
    Arrays.fill(bytes, from, Math.min(bytes.length, from + length), (byte) 0);
    return bytes;
  }

  private static int used(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    return end;
  }

  private static long indexOf(String name) {
    return Long.parseLong(name.substring(0, 20));
  }

  private static List<String> segmentsOf(SimulatedDisk disk) {
    return disk.names().stream().filter(name -> name.endsWith(".log")).toList();
  }
}
