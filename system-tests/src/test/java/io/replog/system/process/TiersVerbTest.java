package io.replog.system.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.client.cluster.Ports;
import io.replog.system.kit.NodeClient;
import io.replog.system.kit.Program;
import io.replog.system.kit.Replog;
import io.replog.system.kit.Repository;
import io.replog.system.kit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `replog up --tiers` and the verbs that follow it, as one types them.
class TiersVerbTest {

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final List<String> PORTS =
      List.of(
          "MASTER_PORT",
          "FOLLOWER_1_PORT",
          "FOLLOWER_2_PORT",
          "LAYER_1_1_PORT",
          "LAYER_1_2_PORT",
          "LAYER_2_1_PORT",
          "LAYER_2_2_PORT");

  private static final String READY_LAYER_NODE = ".*layer-2-2 .*running .*layer .*ready.*";

  @TempDir private Path home;
  private int masterPort;

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
    masterPort = Ports.free();
    StringBuilder env = new StringBuilder("MASTER_PORT=" + masterPort + "\n");
    PORTS.stream().skip(1).forEach(port -> env.append(port + "=" + Ports.free() + "\n"));
    Files.writeString(
        home.resolve(".env"), env + "LAYER_2_FEED=every 1s\nJAVA_OPTS=" + TestCluster.JAVA_OPTIONS);
  }

  @AfterEach
  void stop() throws IOException {
    Program.Result down = replog("down");
    assertThat(down.exitCode()).as("%s", down).isZero();
    Files.deleteIfExists(home.resolve(".replog/programs"));
  }

  private Program.Result replog(String... line) {
    return new Program(home).run(LIMIT, Replog.command(home, line));
  }

  @Test
  void startsLooksAfterAndStopsTheClassicLayout() {
    Program.Result up = replog("up", "--tiers");
    assertThat(up.exitCode()).as("%s", up).isZero();
    assertThat(up.output())
        .contains("layer-1-1", "fed every 10 messages by follower-1")
        .contains("layer-1-2", "fed every 10 messages by follower-2")
        .contains("layer-2-2", "fed every 1s by layer-1-1");
    Program.Result again = replog("up", "--tiers");
    assertThat(again.output()).contains("Everything was running already.");
    Program.Result other = replog("up");
    assertThat(other.exitCode()).isEqualTo(3);

    NodeClient master = new NodeClient("http://127.0.0.1:" + masterPort);
    for (int number = 1; number <= 10; number++) {
      assertThat(master.post("/add", "{\"data\":\"m\"}").number("Replication-Acks")).isEqualTo(3);
    }
    TestCluster.await(
        "health tells of four layer nodes with a version",
        () ->
            replog("health")
                    .output()
                    .lines()
                    .filter(line -> line.matches(".*layer-.* 10 .*"))
                    .count()
                == 4);

    assertThat(replog("verify").exitCode()).isZero();
    assertThat(replog("list", "layer-1-2").output().lines()).hasSize(10);
    assertThat(replog("kill", "layer-2-1").exitCode()).isZero();
    assertThat(replog("ps").output()).containsPattern("layer-2-1 .*exited");
    TestCluster.await(
        "ps shows layer-2-2 ready",
        () -> replog("ps").output().lines().anyMatch(line -> line.matches(READY_LAYER_NODE)));
    assertThat(replog("start", "--wipe", "layer-2-1").exitCode()).isZero();
    assertThat(replog("logs", "layer-2-2").output()).contains("shows version #10");
  }
}
