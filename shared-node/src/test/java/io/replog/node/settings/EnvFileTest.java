package io.replog.node.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvFileTest {

  @TempDir Path directory;

  @Test
  void readsAFileBelowTheEnvironment() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve(".env"),
            "# ports\nMASTER_PORT=\"6061\" # port\nexport FSYNC='never' \nNODE_NAME=$WHO # mine\n");

    Map<String, String> all =
        EnvFile.under(Map.of("WHO", "m", "FSYNC", "", "CLUSTER_ID", "c"), file);

    assertThat(all)
        .containsEntry("MASTER_PORT", "6061")
        .containsEntry("FSYNC", "")
        .containsEntry("NODE_NAME", "m")
        .containsEntry("CLUSTER_ID", "c");
    assertThat(EnvFile.under(Map.of(), directory.resolve("none"))).isEmpty();
  }

  @Test
  void refusesABadLineWithOneLine() throws Exception {
    Path file = Files.writeString(directory.resolve(".env"), "MASTER_PORT=6061\nBAD LINE\n");

    assertThatThrownBy(() -> EnvFile.under(Map.of(), file))
        .isInstanceOf(UnusableException.class)
        .hasMessageContaining(".env line 2: ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void refusesAFileThatIsNoText() throws Exception {
    Path file = Files.write(directory.resolve(".env"), new byte[] {'A', '=', (byte) 0xff});

    assertThatThrownBy(() -> EnvFile.under(Map.of(), file)).isInstanceOf(BadSettingException.class);
  }
}
