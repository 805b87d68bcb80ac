package io.replog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.log.SnapshotFile.Snapshot;
import io.replog.model.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SnapshotFileTest {

  private static final String NAME = "table.snapshot";
  private static final int LARGE = 1 << 20;

  private final SimulatedDisk disk = new SimulatedDisk();
  private final SnapshotFile file = new SnapshotFile(disk, SimulatedDisk.DIRECTORY.resolve(NAME));

  private static Snapshot snapshot(long index, String content) {
    return new Snapshot(new Position(index, 3, -index), content.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertSame(@Nullable Snapshot found, Snapshot expected) {
    assertThat(found).isNotNull();
    assertThat(found.position()).isEqualTo(expected.position());
    assertThat(found.content()).isEqualTo(expected.content());
  }

  @Test
  void givesBackTheLastOne() throws IOException {
    assertThat(file.load(LARGE)).isNull();

    file.save(snapshot(7, "seven"));
    file.save(snapshot(8, ""));

    assertSame(file.load(LARGE), snapshot(8, ""));
    file.delete();
    assertThat(file.load(LARGE)).isNull();
    file.delete();
  }

  @Test
  void takesNoneThatIsNotAsItWasWritten() throws IOException {
    file.save(snapshot(7, "seven"));
    byte[] bytes = disk.bytes(NAME);

    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      disk.put(NAME, flipped);
      assertThat(file.load(LARGE)).as("bit %d", bit).isNull();
    }
    for (int length = 0; length < bytes.length; length++) {
      disk.put(NAME, Arrays.copyOf(bytes, length));
      assertThat(file.load(LARGE)).as("%d bytes", length).isNull();
    }
    disk.put(NAME, Arrays.copyOf(bytes, bytes.length + 1));
    assertThat(file.load(LARGE)).isNull();
    disk.put(NAME, bytes);
    assertThat(file.load(4)).isNull();
    assertSame(file.load(5), snapshot(7, "seven"));
  }

  @Test
  void holdsTheOldOneOrTheNewOneWheneverThePowerGoes() throws IOException {
    file.save(snapshot(7, "the old one"));
    boolean cut = true;
    int news = 0;
    for (int operations = 0; cut; operations++) {
      SimulatedDisk running = disk.copy();
      SnapshotFile there = new SnapshotFile(running, SimulatedDisk.DIRECTORY.resolve(NAME));
      running.powerOffAfter(operations);
      cut = isCut(there);
      running.crash(new Random(operations));

      Snapshot found = there.load(LARGE);

      assertThat(found).as("after %d operations", operations).isNotNull();
      assertThat(found.position().index()).isIn(7L, 8L);
      news += found.position().index() == 8 ? 1 : 0;
    }
    assertThat(news).isPositive();
  }

  private static boolean isCut(SnapshotFile there) {
    try {
      there.save(snapshot(8, "the new one"));
      return false;
    } catch (IOException powerIsOff) {
      return true;
    }
  }

  @Test
  void leavesTheOldOneOnAFullDisk() throws IOException {
    file.save(snapshot(7, "seven"));
    disk.setFreeBytes(3);

    assertThatThrownBy(() -> file.save(snapshot(8, "eight"))).isInstanceOf(IOException.class);

    assertSame(file.load(LARGE), snapshot(7, "seven"));
  }
}
