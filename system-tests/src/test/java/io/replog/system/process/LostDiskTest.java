package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.client.cluster.LocalCluster;
import io.replog.client.cluster.NodeState;
import io.replog.system.disk.FileSystem;
import io.replog.system.disk.LoopDisks;
import io.replog.system.disk.ThinDisk;
import io.replog.system.kit.DiskCluster;
import io.replog.system.kit.Replies;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A disk that goes away under a running node.
class LostDiskTest {

  private static final int LOG_FAILED = 74;

  /// What an add gets that comes after the master has noticed the loss by itself.
  private static final int REFUSED = 503;

  private static final int UNKNOWN = 504;
  private static final int MOST_LARGE_MESSAGES = 60;

  @ParameterizedTest
  @EnumSource
  void endsMasterWhoseDiskIsGoneAndKeepsWhatWasAcknowledged(FileSystem fileSystem) {
    try (DiskCluster disks = new DiskCluster("lost-disk", fileSystem)) {
      TestCluster cluster = disks.cluster();
      requireAdded(Replies.now(Replies.addMany(cluster.master(), "a", 20, 2)));
      List<String> acknowledged = cluster.master().texts();
      cluster.nodes().pause(FOLLOWER_1);
      List<CompletableFuture<Reply>> blocked = Replies.addMany(cluster.master(), "b", 10, 2);
      cluster.awaitBlocked(10);
      cluster.awaitDurable(MASTER, 30);

      disks.masterDisk().cut();

      int unlucky = statusOfAdd(cluster, "unlucky");
      assertThat(unlucky).isIn(REFUSED, UNKNOWN);
      assertThat(blocked).extracting(Replies::status).containsOnly(UNKNOWN);
      requireEnd(cluster);

      disks.masterDisk().remount();
      cluster.nodes().unpause(FOLLOWER_1);
      cluster.nodes().start(MASTER);
      cluster.awaitInSync();
      assertThat(cluster.master().texts())
          .startsWith(acknowledged.toArray(String[]::new))
          .contains("b0", "b9")
          .doesNotHaveDuplicates()
          .isEqualTo(cluster.client(FOLLOWER_1).texts());
      if (unlucky == REFUSED) {
        assertThat(cluster.master().texts()).doesNotContain("unlucky");
      }
    }
  }

  @Test
  void endsIdleNodeWhoseDiskIsGone() {
    try (DiskCluster disks = new DiskCluster("lost-disk-idle", FileSystem.EXT4)) {
      TestCluster cluster = disks.cluster();
      requireAdded(List.of(cluster.master().add("a", 2)));

      disks.masterDisk().cut();

      requireEnd(cluster);
      disks.masterDisk().remount();
      cluster.nodes().start(MASTER);
      cluster.nodes().awaitReady(List.of(MASTER), LocalCluster.READY_LIMIT);
      assertThat(cluster.master().texts()).containsExactly("a");
    }
  }

  @Test
  void endsMasterWhoseDiskDidNotKeepWhatItTook() {
    DiskCluster.requireLoopDisks();
    try (LoopDisks disks = LoopDisks.below(DiskCluster.directory())) {
      ThinDisk thin = disks.createThin("master", FileSystem.EXT4, 24);
      String data = thin.disk().dataDirectory().toString();
      try (TestCluster cluster =
          TestCluster.running(
              "thin-disk", settings -> settings.followers(1).set(MASTER, "DATA_DIR", data))) {
        List<String> acknowledged = addUntilItFails(cluster);
        requireEnd(cluster);

        thin.resize(200);
        thin.disk().remount();
        cluster.nodes().start(MASTER);
        cluster.awaitInSync();

        assertThat(cluster.master().texts())
            .startsWith(acknowledged.toArray(String[]::new))
            .doesNotHaveDuplicates()
            .isEqualTo(cluster.client(FOLLOWER_1).texts());
      }
    }
  }

  private static int statusOfAdd(TestCluster cluster, String text) {
    return Replies.status(cluster.master().addLater(text, 1));
  }

  /// @return what was acknowledged
  private static List<String> addUntilItFails(TestCluster cluster) {
    List<String> acknowledged = new ArrayList<>();
    int status = 200;
    while (status == 200 && acknowledged.size() < MOST_LARGE_MESSAGES) {
      String text = acknowledged.size() + "-".repeat(900_000);
      status = statusOfAdd(cluster, text);
      if (status == 200) {
        acknowledged.add(text);
      }
    }
    assertThat(status).isIn(REFUSED, UNKNOWN);
    assertThat(acknowledged).isNotEmpty();
    return acknowledged;
  }

  private static void requireAdded(List<Reply> replies) {
    assertThat(replies).extracting(Reply::status).containsOnly(200);
  }

  private static void requireEnd(TestCluster cluster) {
    TestCluster.await(
        "the end of the master", () -> cluster.nodes().state(MASTER) == NodeState.EXITED);
    assertThat(cluster.nodes().exitCode(MASTER)).hasValue(LOG_FAILED);
    assertThat(cluster.lines(MASTER)).anyMatch(line -> line.contains("exit code 74"));
  }
}
