package io.replog.client.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.client.Invocation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyCommandTest {

  @TempDir private Path root;

  @Test
  void printsLineForFileAndTellsKeyBesideIt() throws Exception {
    Invocation run = Invocation.run(root, Map.of(), "key", "writer", "billing");

    String key = run.err().strip().replaceFirst(".*: ", "");
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    assertThat(run.exitCode()).isZero();
    assertThat(key).matches("rk-[0-9a-f]{64}");
    assertThat(run.out()).isEqualTo("writer billing " + HexFormat.of().formatHex(hash) + "\n");
  }

  @Test
  void makesAnotherKeyEachTime() {
    String first = Invocation.run(root, Map.of(), "key", "admin", "ops").out();

    assertThat(Invocation.run(root, Map.of(), "key", "admin", "ops").out()).isNotEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({"owner, billing", "writer, 'bill ing'", "writer, ''", "writer, -x/y"})
  void refusesWhatTheFileWouldNotTake(String role, String name) {
    assertThat(Invocation.run(root, Map.of(), "key", role, name).exitCode()).isEqualTo(2);
  }
}
