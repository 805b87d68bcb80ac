package io.replog.client.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.client.Invocation;
import io.replog.client.cluster.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerCommandsTest {

  @TempDir private Path root;
  private int masterPort;

  @BeforeEach
  void writeDotEnv() throws Exception {
    masterPort = Ports.free();
    Files.writeString(
        root.resolve(".env"),
        "MASTER_PORT=%d\nFOLLOWER_1_PORT=%d\n".formatted(masterPort, Ports.free()));
  }

  @AfterEach
  void endNodes() {
    replog("down");

    assertThat(replog("ps").out()).doesNotContain("running", "paused");
  }

  @Test
  void tellsWhereNodesAreAndWhatToTry() {
    Invocation run = replog("up");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("master      http://127.0.0.1:" + masterPort + "  started\n")
        .contains("started, delays by 5s")
        .contains("curl -X POST http://127.0.0.1:" + masterPort + "/add")
        .doesNotContain("kept from earlier");
  }

  @Test
  void saysThatSecondUpHasNothingToDo() {
    replog("up");

    Invocation second = replog("up", "-d");

    assertThat(second.exitCode()).isZero();
    assertThat(second.out()).contains("was running").contains("Everything was running already.");
  }

  @Test
  void tellsWhatIsKeptFromEarlierRuns() {
    replog("up");
    replog("down");

    Invocation again = replog("up");

    assertThat(again.out())
        .contains(
            "The log of 42 messages is kept from earlier; ./replog down --wipe starts empty.");
  }

  @Test
  void removesEverythingOnWipe() throws Exception {
    replog("up");
    Files.writeString(root.resolve(".replog/rabbitmq-out.json"), "{}");

    Invocation down = replog("down", "--wipe");

    assertThat(down.out()).contains("Stopped master, follower-1.", "Removed all messages");
    assertThat(root.resolve(".replog/data")).doesNotExist();
    assertThat(root.resolve(".replog/cluster-token")).doesNotExist();
    assertThat(root.resolve(".replog/rabbitmq-out.json")).doesNotExist();
    assertThat(replog("up").out()).doesNotContain("kept from earlier");
  }

  @Test
  void showsWhatBecameOfEachNode() {
    replog("up");
    replog("pause", "follower-1");

    Invocation paused = replog("ps");
    replog("unpause", "follower-1");
    replog("kill", "follower-1");
    replog("stop", "master");
    Invocation ended = replog("ps");

    assertThat(paused.out())
        .containsPattern("master +\\d+ +running +" + masterPort + " +master +ready +\\d+s")
        .containsPattern("follower-1 +\\d+ +paused");
    assertThat(ended.out())
        .containsPattern("master +- +stopped")
        .containsPattern("follower-1 +- +exited");
  }

  @Test
  void showsLogsBehindNamesOfNodes() {
    replog("up");

    Invocation all = replog("logs");
    Invocation one = replog("logs", "-n", "1", "follower-1");

    assertThat(all.out())
        .contains("master      | master listens", "follower-1  | follower-1 listens");
    assertThat(one.out()).isEqualTo("follower-1  | follower-1 listens\n");
  }

  @Test
  void saysWhatIsMissingForChaos() {
    Invocation chaos = replog("chaos", "--seconds", "5", "--help");

    assertThat(chaos.exitCode()).isEqualTo(3);
    assertThat(chaos.err()).contains("system-tests.jar is missing", "mvn -DskipTests package");
  }

  @Test
  void startsNodeWithEmptyDisk() throws Exception {
    replog("up");
    replog("kill", "follower-1");
    Path leftover = root.resolve(".replog/data/follower-1/leftover");
    Files.writeString(leftover, "x");

    Invocation start = replog("start", "follower-1", "--wipe");

    assertThat(start.out()).isEqualTo("follower-1 started\n");
    assertThat(leftover).doesNotExist();
    assertThat(replog("start", "follower-1").out()).isEqualTo("follower-1 was running already\n");
  }

  @Test
  void remembersFollowersOfLastUp() {
    replog("up", "--followers", "0");

    Invocation ps = replog("ps");
    Invocation other = replog("up");

    assertThat(ps.out()).contains("master").doesNotContain("follower-1");
    assertThat(other.exitCode()).isEqualTo(3);
    assertThat(other.err()).contains("stop it first: replog down").hasLineCount(2);
  }

  @Test
  void printsTokenOnceThereIsOne() {
    Invocation before = replog("token");
    replog("start", "master");
    Invocation after = replog("token");

    assertThat(before.exitCode()).isEqualTo(3);
    assertThat(after.out()).isEqualTo("secret-of-the-nodes\n");
  }

  @Test
  void explainsUnusableSettingInOneLine() {
    Invocation run = Invocation.run(root, Map.of("FOLLOWER_1_DELAY", "soon"), "up");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "replog: FOLLOWER_1_DELAY=soon cannot be used; allowed: a duration such as 250ms, 5s or"
                + " 0s\n");
  }

  @Test
  void refusesManagementPortThatNodesWouldShare() {
    Invocation shared = Invocation.run(root, Map.of("MANAGEMENT_PORT", "9090"), "up");
    Invocation single =
        Invocation.run(root, Map.of("MANAGEMENT_PORT", "9090"), "up", "--followers", "0");

    assertThat(shared.exitCode()).isEqualTo(2);
    assertThat(shared.err()).contains("MANAGEMENT_PORT=9090 cannot be shared by the 2 nodes");
    assertThat(shared.out()).isEmpty();
    assertThat(single.exitCode()).isZero();
  }

  @Test
  void namesNodesWhenOneIsUnknownAndTouchesNone() {
    replog("up");

    Invocation run = replog("kill", "master", "follower-9");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("replog: there is no node 'follower-9'; the nodes are: master, follower-1\n");
    assertThat(replog("ps").out()).containsPattern("master +\\d+ +running");
  }

  @Test
  void showsHelpWithoutVerb() {
    Invocation run = replog();

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Usage: replog", "up ", "add ", "Exit codes");
  }

  @Test
  void writesUptimeForPeople() {
    assertThat(PsCommand.uptime(Duration.ofSeconds(9))).isEqualTo("9s");
    assertThat(PsCommand.uptime(Duration.ofSeconds(69))).isEqualTo("1m09s");
    assertThat(PsCommand.uptime(Duration.ofMinutes(125))).isEqualTo("2h05m");
  }

  private Invocation replog(String... arguments) {
    return Invocation.run(root, Map.of(), arguments);
  }
}
