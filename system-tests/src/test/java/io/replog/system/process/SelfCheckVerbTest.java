package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.Program;
import io.replog.system.kit.Pty;
import io.replog.system.kit.Replog;
import io.replog.system.kit.TestCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `replog self-check` against nodes by their addresses. That it finds flaws is for the client's
/// own `SelfCheckCommandTest`.
class SelfCheckVerbTest {

  @TempDir private Path home;

  @Test
  void findsNothingWrongWithThisCluster() {
    try (TestCluster cluster =
        TestCluster.running("self-check-verb", settings -> settings.delay(1, "300ms"))) {
      long last = cluster.nodes().pid(FOLLOWER_2);
      String[] line = line(cluster, "kill -STOP " + last, "kill -CONT " + last);

      Program.Result run = new Program(home).run(TestCluster.LIMIT, Replog.command(home, line));

      assertThat(run.exitCode()).as("%s", run).isZero();
      assertThat(run.output().lines().filter(row -> row.contains(" ok "))).hasSize(7);
    }
  }

  @Test
  void startsTheFollowerAgainAtCtrlC() {
    Path started = home.resolve("started");
    try (TestCluster cluster = TestCluster.running("self-check-ended", settings -> settings)) {
      long last = cluster.nodes().pid(FOLLOWER_2);
      String stop = "kill -STOP %d; echo lost >/dev/tty".formatted(last);
      String start = "kill -CONT %d; touch %s".formatted(last, started);
      List<String> command = Replog.command(home, line(cluster, stop, start));
      try (Pty terminal = Pty.open(home, Map.of(), command)) {
        terminal.await("lost\r");

        terminal.type(Pty.CTRL_C);

        assertThat(terminal.awaitExit()).isEqualTo(130);
        assertThat(started).exists();
      }
    }
  }

  private static String[] line(TestCluster cluster, String stop, String start) {
    List<String> line = new ArrayList<>(List.of("self-check", "--limit", "120"));
    line.addAll(List.of("--master", cluster.nodes().url(MASTER)));
    line.addAll(List.of("--follower", cluster.nodes().url(FOLLOWER_1)));
    line.addAll(List.of("--follower", cluster.nodes().url(FOLLOWER_2)));
    line.addAll(List.of("--stop", stop, "--start", start));
    return line.toArray(String[]::new);
  }
}
