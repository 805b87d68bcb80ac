package io.replog.system.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.Program;
import io.replog.system.kit.Replog;
import io.replog.system.kit.Repository;
import io.replog.system.kit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tour of branches on real processes.
class BranchDemoTest {

  private static final Duration LIMIT = Duration.ofMinutes(10);

  @TempDir private Path home;

  @BeforeEach
  void layOutCheckout() throws IOException {
    Path root = Repository.root();
    for (String module : List.of("master", "follower", "connectors")) {
      Path built = Files.createDirectory(home.resolve(module)).resolve("target");
      Files.createSymbolicLink(built, root.resolve(module).resolve("target"));
    }
    TestCluster.programs().prepare();
    Path state = Files.createDirectory(home.resolve(".replog"));
    Files.createSymbolicLink(state.resolve("programs"), root.resolve("target/programs"));
  }

  @Test
  void playsEveryStepAsToldAndLeavesNothingBehind() throws IOException {
    Program.Result run =
        new Program(home)
            .with("CONNECTORS_KEY", "not-for-the-demo")
            .with("JDK_JAVA_OPTIONS", TestCluster.PATIENCE)
            .run(LIMIT, Replog.command(home, "demo", "branches", "--fast"));

    assertThat(run.exitCode()).as("%s", run).isZero();
    assertThat(run.output())
        .contains("3. A branch is offline", "ok  the log has not grown by an entry")
        .contains("SIGKILL", "nothing was doubled, nothing was lost")
        .doesNotContain("NOT AS TOLD");
    try (Stream<Path> left = Files.list(home.resolve(".replog"))) {
      assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("demo-"));
    }
  }
}
