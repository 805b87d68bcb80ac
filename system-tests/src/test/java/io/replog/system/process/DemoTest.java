package io.replog.system.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.Json;
import io.replog.system.kit.Program;
import io.replog.system.kit.Pty;
import io.replog.system.kit.Replog;
import io.replog.system.kit.Repository;
import io.replog.system.kit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The guided tour on real processes. That it notices a cluster that does other things than it told
/// is for the client's own `SceneTest`.
class DemoTest {

  private static final Duration LIMIT = Duration.ofMinutes(5);

  @TempDir private Path home;

  @BeforeEach
  void layOutCheckout() throws IOException {
    Path root = Repository.root();
    for (String module : List.of("master", "follower")) {
      Path built = Files.createDirectory(home.resolve(module)).resolve("target");
      Files.createSymbolicLink(built, root.resolve(module).resolve("target"));
    }
    TestCluster.programs().prepare();
    Path state = Files.createDirectory(home.resolve(".replog"));
    Files.createSymbolicLink(state.resolve("programs"), root.resolve("target/programs"));
  }

  @Test
  void playsEverySceneAsToldAndLeavesNothingBehind() throws IOException {
    Program.Result run =
        new Program(home)
            .with("WRITE_TIMEOUT", "1ms")
            .with("MAX_BLOCKED_WRITES", "1")
            .with("MANAGEMENT_PORT", "1")
            .with("JDK_JAVA_OPTIONS", TestCluster.PATIENCE)
            .run(LIMIT, Replog.command(home, "demo", "--fast"));

    assertThat(run.exitCode()).as("%s", run).isZero();
    assertThat(run.output())
        .containsPattern("Open http://127.0.0.1:\\d+/ ")
        .containsSubsequence("1. Delay", "2. Blocking", "3. Late join", "4. Order", "5. Recovery")
        .containsPattern("add 'three' w=3 returned after \\d+\\.\\d{3} s")
        .contains("All 5 scenes went as told.")
        .doesNotContain("\u001b");
    assertThat(demoDirectories()).isEmpty();
  }

  @Test
  void endsAtCtrlCWithAllItsProcesses() throws IOException {
    try (Pty terminal = Pty.open(home, Map.of(), Replog.command(home, "demo"))) {
      terminal.await("Enter to go on");
      List<ProcessHandle> nodes = nodes();
      assertThat(nodes).hasSize(3).allMatch(ProcessHandle::isAlive);

      terminal.type(Pty.CTRL_C);

      assertThat(terminal.awaitExit()).isEqualTo(130);
      assertThat(nodes).noneMatch(ProcessHandle::isAlive);
      assertThat(demoDirectories()).isEmpty();
      assertThat(terminal.shown()).doesNotContain("NOT AS TOLD", "Exception");
    }
  }

  private List<Path> demoDirectories() throws IOException {
    try (Stream<Path> all = Files.list(home.resolve(".replog"))) {
      return all.filter(path -> path.getFileName().toString().startsWith("demo-")).toList();
    }
  }

  private List<ProcessHandle> nodes() throws IOException {
    try (Stream<Path> records = Files.list(demoDirectories().getFirst().resolve("processes"))) {
      return records.map(DemoTest::process).toList();
    }
  }

  private static ProcessHandle process(Path record) {
    try {
      long pid = Json.parse(Files.readString(record)).findValue("pid").asLong();
      return ProcessHandle.of(pid).orElseThrow();
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }
}
