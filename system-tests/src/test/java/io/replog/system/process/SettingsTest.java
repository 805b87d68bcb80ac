package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replog.system.kit.TestCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A value that cannot be used stops the node with one line and an exit code of its own.
class SettingsTest {

  private static final int UNUSABLE = 78;

  private final TestCluster cluster = TestCluster.laidOut("settings", settings -> settings);

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @ParameterizedTest
  @CsvSource({
    "master, PORT, seventy",
    "master, FSYNC, sometimes",
    "master, WRITE_TIMEOUT, 5 parsecs",
    "master, WRITE_CONCERN_DEFAULT, 9",
    "master, FOLLOWERS, follower-1",
    "follower-1, REPLICATION_DELAY, -1s",
    "follower-1, MAX_MESSAGE_SIZE, huge",
    "follower-1, LOG_FORMAT, xml"
  })
  void stopsWithOneLineThatNamesVariableAndValue(String node, String variable, String value) {
    cluster.nodes().set(node, variable, value);

    List<String> lines = linesOfFailedStart(node);

    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst()).contains(variable, value);
  }

  @Test
  void namesPortInUse() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      cluster.nodes().set(FOLLOWER_1, "PORT", port);

      List<String> lines = linesOfFailedStart(FOLLOWER_1);

      assertThat(lines).filteredOn(line -> line.contains(port)).isNotEmpty();
      assertThat(lines.getLast()).contains("PORT", port);
    }
  }

  @Test
  void refusesDirectoryThatAnotherProcessUses() {
    cluster.start(FOLLOWER_1);
    cluster
        .nodes()
        .set(FOLLOWER_2, "DATA_DIR", cluster.nodes().dataDirectory(FOLLOWER_1).toString());

    List<String> lines = linesOfFailedStart(FOLLOWER_2);

    assertThat(lines.getLast())
        .contains(cluster.nodes().dataDirectory(FOLLOWER_1).getFileName().toString());
    assertThat(lines).noneMatch(line -> line.startsWith("\tat "));
    assertThat(cluster.follower1().get("/livez").status()).isEqualTo(200);
  }

  private List<String> linesOfFailedStart(String node) {
    cluster.nodes().startWithoutWaiting(node);
    await().atMost(TestCluster.LIMIT).until(() -> cluster.nodes().exitCode(node).isPresent());
    assertThat(cluster.nodes().exitCode(node)).as("%s", cluster.lines(node)).hasValue(UNUSABLE);
    return cluster.lines(node);
  }
}
