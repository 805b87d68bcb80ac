package io.replog.client.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.client.Invocation;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {

  @TempDir private Path root;

  /// Its nodes answer everything at once with nothing.
  @Test
  void saysWhichSceneDoesNotGoAsToldAndClearsAway() {
    Invocation run = Invocation.run(root, Map.of(), "demo", "--fast");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("1. Delay", "NOT AS TOLD  not so: w=2 waited for follower-2")
        .doesNotContain("2. Blocking");
    assertThat(root.resolve(".replog")).isEmptyDirectory();
  }

  @Test
  void refusesAPaceThatIsNone() {
    Invocation run = Invocation.run(root, Map.of(), "demo", "--pace", "2m");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--pace 2m cannot be used");
    assertThat(root.resolve(".replog")).doesNotExist();
  }
}
