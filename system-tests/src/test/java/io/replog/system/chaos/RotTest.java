package io.replog.system.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotTest {

  @TempDir private Path directory;

  @Test
  void turnsOneBitOfTheFirstQuarter() throws IOException {
    byte[] before = new byte[64 * 1024];
    Arrays.fill(before, 0, 32 * 1024, (byte) 'x');
    Path segment = directory.resolve("1.log");
    Files.write(segment, before);

    boolean struck = new Rot(0.999, 3).strike(directory);

    byte[] after = Files.readAllBytes(segment);
    int at = Arrays.mismatch(before, after);
    assertThat(struck).isTrue();
    assertThat(at).isBetween(8_000, 8 * 1024 - 1);
    assertThat(after[at]).isEqualTo((byte) ('x' ^ 8));
    after[at] = 'x';
    assertThat(after).isEqualTo(before);
  }

  @Test
  void sparesWhatWasJustWritten() throws IOException {
    byte[] before = new byte[64 * 1024];
    Arrays.fill(before, 0, 100, (byte) 'x');
    Path segment = directory.resolve("1.log");
    Files.write(segment, before);

    assertThat(new Rot(0.5, 0).strike(directory)).isFalse();
    assertThat(new Rot(0.5, 0).strike(directory.resolve("nothing"))).isFalse();
    assertThat(Files.readAllBytes(segment)).isEqualTo(before);
  }
}
