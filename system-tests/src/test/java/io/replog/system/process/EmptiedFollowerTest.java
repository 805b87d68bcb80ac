package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replog.system.kit.NodeClient;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A follower whose disk was emptied is a new one: it gets everything again, and what the old one
/// had acknowledged does not count for it.
class EmptiedFollowerTest {

  private final TestCluster cluster = TestCluster.running("emptied-follower", settings -> settings);

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void isRepairedByHeartbeatsAlone() {
    for (int number = 1; number <= 20; number++) {
      cluster.master().add("kept " + number, 3);
    }
    List<String> before = cluster.master().texts();

    cluster.nodes().kill(FOLLOWER_2);
    cluster.nodes().wipe(FOLLOWER_2);
    cluster.start(FOLLOWER_2);

    cluster.awaitTexts(FOLLOWER_2, before);
    cluster.awaitInSync();
  }

  @Test
  void doesNotCountForWhatItHeldBefore() {
    long index = cluster.master().add("held by three", 3).index();
    cluster.nodes().kill(FOLLOWER_2);
    cluster.nodes().wipe(FOLLOWER_2);
    cluster.nodes().set(FOLLOWER_2, "REPLICATION_DELAY", "60s");
    cluster.start(FOLLOWER_2);
    String status = "/messages/" + index;

    await()
        .atMost(TestCluster.LIMIT)
        .until(() -> cluster.master().get(status).number("Replication-Acks") == 2);
    cluster.master().add("held by two", 2);
    TestCluster.await("one entry lacks a copy", () -> underReplicated() == 1);
    undelay();
    Reply repaired = cluster.master().get(status + "?wait_acks=3&wait_ms=60000");

    assertThat(repaired.number("Replication-Acks")).isEqualTo(3);
    assertThat(cluster.follower2().texts()).contains("held by three");
    TestCluster.await("every copy is there", () -> underReplicated() == 0);
  }

  private void undelay() {
    byte[] none = "{\"delay_ms\":0}".getBytes(StandardCharsets.UTF_8);
    NodeClient operator = cluster.follower2().saying("Cluster-Token", cluster.nodes().token());
    assertThat(operator.send("PUT", "/faults/delay", none).status()).isEqualTo(200);
  }

  private long underReplicated() {
    return cluster
        .master()
        .get("/actuator/prometheus")
        .text()
        .lines()
        .filter(line -> line.startsWith("replog_under_replicated_entries"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst()
        .orElseThrow();
  }
}
