package io.replog.client.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.client.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvFileTest {

  @TempDir Path folder;

  @Test
  void treatsMissingFileAsEmpty() throws Exception {
    Path present = Files.writeString(folder.resolve(".env"), "A=1");

    assertThat(EnvFile.read(folder.resolve("none"), Map.of())).isEmpty();
    assertThat(EnvFile.read(present, Map.of())).containsEntry("A", "1");
  }

  @Test
  void refusesABadLineWithFileAndNumber() throws Exception {
    Path file = Files.writeString(folder.resolve(".env"), "A=1\nnonsense\n");

    assertThatThrownBy(() -> EnvFile.read(file, Map.of()))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith(".env line 2: ");
  }
}
