package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.client.cluster.LocalCluster;
import io.replog.system.disk.FileSystem;
import io.replog.system.disk.LoopDisk;
import io.replog.system.disk.LoopDisks;
import io.replog.system.kit.DiskCluster;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One follower sleeps through all adds, the other acknowledges them and loses power, and then the
/// two are awake without their master: what two nodes have acknowledged must not depend on the one
/// that slept. `-Dlong=true` adds for half a minute.
class SwappedPausesTest {

  private static final Duration ADDING = Duration.ofSeconds(Boolean.getBoolean("long") ? 30 : 3);

  private LoopDisks disks;
  private LoopDisk disk;
  private TestCluster cluster;

  @BeforeEach
  void layOut() {
    DiskCluster.requireLoopDisks();
    disks = LoopDisks.below(DiskCluster.directory());
    disk = disks.create(FOLLOWER_2, FileSystem.EXT4);
    cluster =
        TestCluster.laidOut(
            "swapped-pauses",
            settings -> settings.set(FOLLOWER_2, "DATA_DIR", disk.dataDirectory().toString()));
  }

  @AfterEach
  void cleanUp() {
    if (cluster != null) {
      cluster.close();
      disks.close();
    }
  }

  @Test
  void leaveOneLogOnAllNodes() {
    List<String> acknowledged = addsAndSwap();

    assertThat(cluster.follower2().texts()).isEqualTo(acknowledged);
    assertThat(acknowledged).startsWith(cluster.follower1().texts().toArray(String[]::new));
    cluster.nodes().unpause(MASTER);
    cluster.awaitInSync();

    for (String node : List.of(MASTER, FOLLOWER_1, FOLLOWER_2)) {
      assertThat(cluster.client(node).texts()).as(node).isEqualTo(acknowledged);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void loseNothingWithTheMasterIfTheFollowerForces(boolean forcing) {
    if (!forcing) {
      cluster.nodes().set(FOLLOWER_2, "FSYNC", "never");
    }
    List<String> acknowledged = addsAndSwap();

    cluster.nodes().kill(MASTER);
    cluster.nodes().wipe(MASTER);
    cluster.nodes().start(MASTER);
    adopt();
    List<String> kept = cluster.master().texts();

    if (forcing) {
      assertThat(kept).isEqualTo(acknowledged);
    } else {
      assertThat(acknowledged).startsWith(kept.toArray(String[]::new));
      assertThat(kept).hasSizeLessThan(acknowledged.size());
    }
  }

  /// @return what was acknowledged, in its order
  private List<String> addsAndSwap() {
    cluster.up();
    List<String> acknowledged = new ArrayList<>(List.of("before"));
    assertThat(cluster.master().add("before", 3).status()).isEqualTo(200);
    cluster.nodes().pause(FOLLOWER_1);
    long start = System.nanoTime();
    while (System.nanoTime() - start < ADDING.toNanos()) {
      String text = "m" + acknowledged.size();
      assertThat(cluster.master().add(text, 2).status()).isEqualTo(200);
      acknowledged.add(text);
    }

    disk.cut();
    cluster.nodes().kill(FOLLOWER_2);
    disk.remount();
    cluster.nodes().pause(MASTER);
    cluster.nodes().unpause(FOLLOWER_1);
    cluster.start(FOLLOWER_2);
    return acknowledged;
  }

  private void adopt() {
    cluster.nodes().awaitReady(List.of(MASTER), LocalCluster.READY_LIMIT);
    cluster.awaitStatus(FOLLOWER_1, "HEALTHY");
    cluster.awaitStatus(FOLLOWER_2, "HEALTHY");
    Reply adopted =
        cluster.master().post("/cluster/adopt", "{}", "Cluster-Token", cluster.nodes().token());
    assertThat(adopted.status()).as("%s", adopted).isEqualTo(200);
    cluster.awaitInSync();
  }
}
