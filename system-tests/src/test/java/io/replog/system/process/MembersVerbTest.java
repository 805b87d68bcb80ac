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

/// `replog join` and `replog leave` beside the other verbs, as one types them.
class MembersVerbTest {

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final List<String> PORTS = List.of("FOLLOWER_1_PORT", "FOLLOWER_2_PORT");

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
    PORTS.forEach(port -> env.append(port + "=" + Ports.free() + "\n"));
    Files.writeString(
        home.resolve(".env"),
        env + "FOLLOWER_1_DELAY=0s\nFOLLOWER_2_DELAY=0s\nJAVA_OPTS=" + TestCluster.JAVA_OPTIONS);
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
  void startsANodeThatJoinsWithEveryUpUntilItLeaves() {
    assertDone(replog("up"));
    assertDone(replog("add", "before", "-w", "all"));

    Program.Result join = replog("join", "follower-3");

    assertDone(join);
    assertThat(join.output()).contains("follower-3 belongs to the cluster, 4 nodes count");
    assertDone(replog("add", "on four", "-w", "4"));
    assertThat(replog("list", "follower-3").output()).contains("before", "on four");
    assertThat(replog("up").output()).contains("Everything was running already.");

    assertDone(replog("down"));
    assertDone(replog("up"));
    assertDone(replog("add", "on four again", "-w", "4"));
    assertDone(replog("restart", "master"));
    assertDone(replog("add", "and again", "-w", "4"));

    Program.Result leave = replog("leave", "follower-3");

    assertDone(leave);
    assertThat(leave.output()).contains("follower-3 has left the cluster, 3 nodes count");
    assertThat(replog("ps").output()).doesNotContain("follower-3");
    assertThat(new NodeClient("http://127.0.0.1:" + masterPort).add("m", 4).status())
        .isEqualTo(400);
    assertDone(replog("down"));
    assertDone(replog("up"));
    assertThat(replog("ps").output()).doesNotContain("follower-3");
    assertDone(replog("add", "on three", "-w", "all"));
  }

  @Test
  void refusesToStartWhatItCannotName() {
    assertDone(replog("up"));

    assertThat(replog("join", "somebody").exitCode()).isEqualTo(2);
    assertThat(replog("join", "follower-3", "--feed", "every 10s").exitCode()).isEqualTo(2);
    assertThat(replog("leave", "follower-9").exitCode()).isEqualTo(3);
  }

  @Test
  void leavesNothingBehindOfAJoinThatWasRefusedOrALeaveThatWasRepeated() {
    assertDone(replog("up"));

    assertThat(replog("join", "follower-3", "--timeout", "1ms").exitCode()).isEqualTo(3);

    assertThat(replog("ps").output()).doesNotContain("follower-3");
    assertDone(replog("join", "follower-3"));
    NodeClient master = new NodeClient("http://127.0.0.1:" + masterPort);
    assertThat(
            master
                .saying("Cluster-Token", token())
                .send("DELETE", "/cluster/members/follower-3", new byte[0])
                .status())
        .isEqualTo(200);
    assertThat(replog("ps").output()).contains("follower-3");

    assertThat(replog("leave", "follower-3").exitCode()).isEqualTo(3);

    assertThat(replog("ps").output()).doesNotContain("follower-3");
  }

  private String token() {
    return replog("token").output().strip();
  }

  private static void assertDone(Program.Result result) {
    assertThat(result.exitCode()).as("%s", result).isZero();
  }
}
