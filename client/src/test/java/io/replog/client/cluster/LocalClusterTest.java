package io.replog.client.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.replog.client.Failure;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalClusterTest {

  @TempDir private Path directory;
  private LocalCluster cluster;

  @BeforeEach
  void layOut() {
    cluster =
        new LocalClusterBuilder(directory, new FakeNodeCommand())
            .followers(1)
            .delay(1, "250ms")
            .set("FOLLOWER_1_JITTER", "5ms")
            .build();
  }

  @AfterEach
  void killWhatRuns() {
    cluster.close();
  }

  @Test
  void startsEveryNodeAndReturnsWhenAllAreReady() {
    UpReport report = cluster.up();

    assertThat(report.started()).containsExactly("master", "follower-1");
    assertThat(report.kept()).isFalse();
    assertThat(cluster.ps())
        .extracting(NodeStatus::state, NodeStatus::readiness)
        .containsOnly(tuple(NodeState.RUNNING, OptionalInt.of(200)));
  }

  @Test
  void startsOnlyWhatIsMissingAtSecondUp() {
    cluster.up();
    long master = cluster.pid("master");
    cluster.kill("follower-1");

    UpReport second = cluster.up();
    UpReport third = cluster.up();

    assertThat(second.started()).containsExactly("follower-1");
    assertThat(second.running()).containsExactly("master");
    assertThat(second.kept()).isTrue();
    assertThat(third.started()).isEmpty();
    assertThat(cluster.pid("master")).isEqualTo(master);
  }

  @Test
  void restartsNodeAtOnceOnThePortThatItHad() {
    cluster.start("follower-1");

    for (int round = 0; round < 10; round++) {
      cluster.kill("follower-1");

      assertThat(Ports.isTaken("127.0.0.1", cluster.nodes().get(1).port())).isFalse();
      assertThat(cluster.start("follower-1")).isTrue();
    }
  }

  @Test
  void tellsEachNodeWhoItIs() throws Exception {
    cluster.set("follower-1", "FSYNC", "never");

    cluster.up();

    assertThat(environment("master", "NODE_NAME")).isEqualTo("master");
    assertThat(environment("master", "FOLLOWERS"))
        .isEqualTo("follower-1=" + cluster.url("follower-1"));
    assertThat(environment("master", "REPLICATION_DELAY")).isEqualTo("null");
    assertThat(environment("master", "FSYNC")).isEqualTo("null");
    assertThat(environment("follower-1", "FSYNC")).isEqualTo("never");
    assertThat(environment("follower-1", "FOLLOWERS")).isEqualTo("null");
    assertThat(environment("follower-1", "REPLICATION_DELAY")).isEqualTo("250ms");
    assertThat(environment("follower-1", "FAULTS")).isEqualTo("on");
    assertThat(environment("follower-1", "REPLICATION_JITTER")).isEqualTo("5ms");
    assertThat(environment("follower-1", "REPLICATION_ERROR_AFTER")).isEqualTo("null");
    assertThat(environment("master", "REPLICATION_JITTER")).isEqualTo("null");
    assertThat(Path.of(environment("follower-1", "DATA_DIR")))
        .isEqualTo(cluster.dataDirectory("follower-1"));
    assertThat(Path.of(environment("follower-1", "CLUSTER_TOKEN_FILE")))
        .isEqualTo(new ClusterFiles(directory).token());
  }

  @Test
  void findsTheSecretThatTheNodesMade() {
    cluster.start("master");

    assertThat(cluster.token()).isEqualTo("secret-of-the-nodes");
  }

  @Test
  void tellsStoppedFromKilled() {
    cluster.up();

    boolean byItself = cluster.stop("master");
    cluster.kill("follower-1");

    assertThat(byItself).isTrue();
    assertThat(cluster.state("master")).isEqualTo(NodeState.STOPPED);
    assertThat(cluster.exitCode("master")).hasValue(143);
    assertThat(cluster.state("follower-1")).isEqualTo(NodeState.EXITED);
    assertThat(cluster.exitCode("follower-1")).hasValue(137);
  }

  @Test
  void haltsPausedNodeUntilItIsUnpaused() {
    cluster.up();

    cluster.pause("follower-1");
    NodeState halted = cluster.state("follower-1");
    UpReport meanwhile = cluster.up();
    cluster.unpause("follower-1");

    assertThat(halted).isEqualTo(NodeState.PAUSED);
    assertThat(meanwhile.paused()).containsExactly("follower-1");
    assertThat(cluster.state("follower-1")).isEqualTo(NodeState.RUNNING);
  }

  @Test
  void stopsPausedNode() {
    cluster.up();
    cluster.pause("follower-1");

    assertThat(cluster.stop("follower-1")).isTrue();
  }

  @Test
  void keepsDataUntilItIsWiped() {
    cluster.start("follower-1");
    Path entries = cluster.dataDirectory("follower-1").resolve("entries");
    cluster.kill("follower-1");
    assertThat(entries).exists();

    cluster.wipe("follower-1");

    assertThat(entries).doesNotExist();
  }

  @Test
  void refusesToWipeRunningNode() {
    cluster.start("follower-1");

    assertThatThrownBy(() -> cluster.wipe("follower-1")).hasMessageContaining("is running");
    assertThat(cluster.dataDirectory("follower-1").resolve("entries")).exists();
  }

  @Test
  void namesVariableOfPortInUseBeforeItStartsAnything() throws Exception {
    int port = cluster.nodes().get(1).port();
    try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(other.isBound()).isTrue();

      assertThatThrownBy(cluster::up)
          .isInstanceOf(Failure.class)
          .hasMessageStartingWith("FOLLOWER_1_PORT=" + port + " is in use by another program; set");
    }
    assertThat(cluster.state("master")).isEqualTo(NodeState.STOPPED);
  }

  @Test
  void showsEndOfLogOfNodeThatEndsAtOnce() {
    cluster.set("follower-1", "FAKE_FAILS", "on");

    assertThatThrownBy(cluster::up)
        .hasMessageContaining("follower-1 ended with exit code 78")
        .hasMessageContaining("MAX_MESSAGE_SIZE=x cannot be used");
  }

  @Test
  void letsAnotherProgramTakeOver() {
    cluster.up();
    LocalCluster other =
        new LocalCluster(
            new ClusterFiles(directory), cluster.nodes(), Map.of(), new FakeNodeCommand());

    List<String> stopped = other.down();

    assertThat(stopped).containsExactly("master", "follower-1");
    assertThat(cluster.state("master")).isEqualTo(NodeState.STOPPED);
    assertThat(ClusterPlan.read(new ClusterFiles(directory))).isEmpty();
  }

  @Test
  void refusesOtherNodesWhileClusterRuns() {
    cluster.up();
    List<NodeSpec> fewer = cluster.nodes().subList(0, 1);
    LocalCluster other =
        new LocalCluster(new ClusterFiles(directory), fewer, Map.of(), new FakeNodeCommand());

    assertThatThrownBy(other::up).hasMessageContaining("stop it first: replog down");

    cluster.killAll();
    assertThat(other.up().started()).containsExactly("master");
  }

  @Test
  void listsNodesWhenNameIsUnknown() {
    assertThatThrownBy(() -> cluster.kill("follower-9"))
        .hasMessage("there is no node 'follower-9'; the nodes are: master, follower-1");
  }

  @Test
  void startsNodeInSessionOfItsOwn() throws Exception {
    cluster.start("master");

    String group = Shell.output("ps", "-o", "pgid=", "-p", Long.toString(cluster.pid("master")));

    assertThat(group.strip()).isEqualTo(Long.toString(cluster.pid("master")));
  }

  @Test
  void putsLargeLogAsideAtStart() throws Exception {
    Path log = cluster.logFile("master");
    Files.createDirectories(log.getParent());
    Files.write(log, new byte[(int) NodeProcess.MAX_LOG_BYTES + 1]);

    cluster.start("master");

    assertThat(Files.size(log)).isLessThan(10_000);
    assertThat(Files.size(new ClusterFiles(directory).olderLog("master")))
        .isGreaterThan(NodeProcess.MAX_LOG_BYTES);
  }

  private String environment(String node, String variable) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create(cluster.url(node) + "/environment?" + variable);
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }
}
