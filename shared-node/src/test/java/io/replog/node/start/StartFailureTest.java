package io.replog.node.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.replog.node.settings.NodeSettings;
import io.replog.node.settings.Role;
import io.replog.node.settings.SettingsReader;
import io.replog.node.shutdown.FailStop;
import io.replog.testnode.RunningNode;
import io.replog.testnode.TestNode;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartFailureTest {

  @TempDir Path directory;

  @Test
  void namesTheVariableOfAPortInUse() {
    try (RunningNode first = RunningNode.start(directory.resolve("a"), Map.of())) {
      StartFailure failure = fail("b", Map.of("MASTER_PORT", Integer.toString(first.port())));

      assertThat(failure.exitCode()).isEqualTo(FailStop.UNUSABLE);
      assertThat(failure.line()).startsWith("MASTER_PORT=" + first.port());
    }
  }

  @Test
  void namesADirectoryInUse() {
    try (RunningNode _ = RunningNode.start(directory.resolve("a"), Map.of())) {
      StartFailure failure = fail("a/node", Map.of("PORT", "0"));

      assertThat(failure.exitCode()).isEqualTo(FailStop.UNUSABLE);
      assertThat(failure.line()).startsWith("DATA_DIR=").doesNotContain("\n");
    }
  }

  @Test
  void namesATokenFileWithoutASecret() throws Exception {
    Path file = Files.writeString(directory.resolve("token"), "");

    StartFailure failure = fail("c", Map.of("PORT", "0", "CLUSTER_TOKEN_FILE", file.toString()));

    assertThat(failure.line()).startsWith("CLUSTER_TOKEN_FILE=");
  }

  @Test
  void tellsAForeignAddressFromABadPort() {
    NodeSettings foreign =
        SettingsReader.read(Role.MASTER, Map.of("PORT", "7", "BIND_ADDRESS", "192.0.2.1"));
    NodeSettings own = SettingsReader.read(Role.MASTER, Map.of("PORT", "7"));
    BindException anyWords = new BindException("Adresse wird verwendet");

    assertThat(StartFailure.of(anyWords, foreign).line()).startsWith("BIND_ADDRESS=192.0.2.1");
    assertThat(StartFailure.of(anyWords, own).line()).startsWith("PORT=7");
  }

  @Test
  void leavesTheUnforeseenToItsTrace() {
    assertThat(StartFailure.of(new IllegalStateException("?"), null))
        .isEqualTo(new StartFailure(FailStop.BROKEN, null));
  }

  private StartFailure fail(String name, Map<String, String> variables) {
    Map<String, String> all = new java.util.HashMap<>(variables);
    all.put("DATA_DIR", directory.resolve(name).toString());
    NodeSettings settings = SettingsReader.read(Role.MASTER, all);
    Throwable failure =
        catchThrowable(
            () ->
                NodeLauncher.start(settings, TestNode.class, new FailStop(_ -> {}, _ -> {}))
                    .close());
    return StartFailure.of(failure, settings);
  }
}
