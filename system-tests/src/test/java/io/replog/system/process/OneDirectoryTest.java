package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A data directory belongs to one process, and a process needs the directory that it began with.
class OneDirectoryTest {

  private static final int UNUSABLE = 78;
  private static final int LOG_FAILED = 74;

  private final TestCluster cluster =
      TestCluster.running("one-directory", settings -> settings.followers(1));

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void refusesSecondProcessAndLeavesFirstAlone() {
    cluster.master().add("m1", 2);
    String directory = cluster.nodes().dataDirectory(MASTER).toString();

    try (TestCluster second =
        TestCluster.laidOut(
            "one-directory-again",
            settings -> settings.followers(1).set(MASTER, "DATA_DIR", directory))) {
      second.nodes().startWithoutWaiting(MASTER);
      awaitGone(second, MASTER);

      assertThat(second.nodes().exitCode(MASTER)).hasValue(UNUSABLE);
      assertThat(second.lines(MASTER))
          .singleElement()
          .asString()
          .contains("is in use by process " + cluster.nodes().pid(MASTER));
    }
    assertThat(cluster.master().add("m2", 2).index()).isEqualTo(2);
    assertThat(cluster.master().texts()).containsExactly("m1", "m2");
  }

  @Test
  void stopsWhenDirectoryIsRemovedUnderIt() {
    cluster.master().add("m1", 2);

    removeUnder(FOLLOWER_1);
    assertThat(cluster.nodes().exitCode(FOLLOWER_1)).hasValue(LOG_FAILED);
    cluster.start(FOLLOWER_1);
    cluster.awaitInSync();
    removeUnder(MASTER);
    assertThat(cluster.nodes().exitCode(MASTER)).hasValue(LOG_FAILED);
    cluster.nodes().start(MASTER);

    assertThat(cluster.lines(MASTER)).anyMatch(line -> line.contains("removed or replaced"));
    TestCluster.await(
        "the master asks for an adoption",
        () -> cluster.master().health().get("reason").asString("").contains("adopt"));
    assertThat(cluster.master().add("m2", 1).status()).isEqualTo(503);
    assertThat(cluster.follower1().texts()).isEqualTo(List.of("m1"));
  }

  private void removeUnder(String node) {
    Path directory = cluster.nodes().dataDirectory(node);
    TestCluster.await("all of " + directory + " is removed", () -> isRemoved(directory));
    awaitGone(cluster, node);
  }

  /// Tries once; the node may make a file meanwhile.
  private static boolean isRemoved(Path directory) {
    TestCluster.deleteTree(directory);
    return !Files.exists(directory);
  }

  private static void awaitGone(TestCluster cluster, String node) {
    TestCluster.await(node + " is gone", () -> !cluster.nodes().state(node).isAlive());
  }
}
