package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.Problems;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A log that is kept to a megabyte: on every node, and never at the cost of a node that lacks some
/// of it.
class RetentionTest {

  private static final int MESSAGES = 120;

  /// Sixteen segments of three messages make a megabyte.
  private static final long FIRST_KEPT = MESSAGES - 16 * 3 + 1;

  private static final String LAYER_1_1 = "layer-1-1";

  /// About two megabytes in all, three messages in a segment.
  private static final String FILLING = "x".repeat(20_000);

  private final TestCluster cluster =
      TestCluster.running(
          "retention",
          settings ->
              settings
                  .set("REPLOG_LOG_SEGMENT_BYTES", "65536")
                  .set("RETENTION_BYTES", "1MB")
                  .layer(1, 1, "every 10 messages", FOLLOWER_1));

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void keepsWhatAFollowerLacksAndThenReleasesItEverywhere() {
    cluster.nodes().kill(FOLLOWER_2);
    add(1, MESSAGES);
    TestCluster.await(
        "retention waits for follower-2",
        () -> retention().get("waits_for").toString().equals("[\"follower-2\"]"));
    assertThat(cluster.master().texts()).hasSize(MESSAGES);
    assertThat(cluster.master().get("/actuator/prometheus").text())
        .containsPattern("replog_retention_waiting_entries [1-9]");

    cluster.start(FOLLOWER_2);
    cluster.awaitInSync();

    TestCluster.await("the master has released", () -> firstIndex(MASTER) > 1);
    TestCluster.await("follower-1 has released", () -> firstIndex(FOLLOWER_1) > 1);
    TestCluster.await("follower-2 has released", () -> firstIndex(FOLLOWER_2) > 1);
    assertThat(firstIndex(FOLLOWER_1)).isLessThanOrEqualTo(firstIndex(MASTER));
    assertThat(retention().get("waits_for")).isEmpty();
  }

  @Test
  void tellsReadersWhereTheLogBegins() {
    add(1, MESSAGES);
    long first = FIRST_KEPT;
    TestCluster.await("the master has released", () -> firstIndex(MASTER) == first);

    Reply gone = cluster.master().get("/messages/1");
    Reply page = cluster.master().get("/messages?from=1&limit=2");
    Reply tail =
        cluster.master().get("/messages", "Accept", "text/event-stream", "Last-Event-ID", "0");
    Reply trace = cluster.master().get("/messages/1/trace");
    Reply list = cluster.master().get("/messages?limit=1&view=full");

    for (Reply refused : List.of(gone, page, tail)) {
      Problems.requireProblem(refused, 410);
      assertThat(refused.data().get("reason").asString()).isEqualTo("RELEASED");
      assertThat(refused.data().get("first_index").asLong()).isEqualTo(first);
    }
    assertThat(trace.status()).isIn(200, 410);
    assertThat(list.status()).isEqualTo(200);
    assertThat(list.number("Log-First-Index")).isEqualTo(first);
    assertThat(list.data().get(0).get("index").asLong()).isEqualTo(first);
    assertThat(cluster.master().get("/messages/" + first).status()).isEqualTo(200);
  }

  @Test
  void letsAnEmptyFollowerAndAnEmptyMasterBeginThere() {
    add(1, MESSAGES);
    TestCluster.await("all have released", () -> firstIndex(FOLLOWER_1) > 1);
    String last = cluster.master().get("/messages/" + MESSAGES).data().get("text").asString();

    cluster.nodes().kill(FOLLOWER_2);
    cluster.nodes().wipe(FOLLOWER_2);
    cluster.start(FOLLOWER_2);
    cluster.awaitInSync();
    assertThat(firstIndex(FOLLOWER_2)).isGreaterThan(1);
    assertThat(cluster.master().add("behind", 3).index()).isEqualTo(MESSAGES + 1);

    cluster.nodes().kill(MASTER);
    cluster.nodes().wipe(MASTER);
    cluster.start(MASTER);
    TestCluster.await("it waits to be told", () -> adopt().status() == 200);
    cluster.awaitInSync();

    assertThat(firstIndex(MASTER)).isGreaterThan(1);
    assertThat(cluster.master().get("/messages/" + MESSAGES).data().get("text").asString())
        .isEqualTo(last);
    assertThat(cluster.master().add("and on", 3).index()).isEqualTo(MESSAGES + 2);
  }

  /// A table that lacks what is released would show false values.
  @Test
  void hasNoTableWhereItBeganBehindTheTransactions() {
    assertThat(transact("b, w(1,a), c").status()).isEqualTo(200);
    add(2, MESSAGES);
    TestCluster.await("all have released", () -> firstIndex(FOLLOWER_1) > 1);
    TestCluster.await("all have released", () -> firstIndex(MASTER) > 1);

    cluster.nodes().kill(FOLLOWER_2);
    cluster.nodes().wipe(FOLLOWER_2);
    cluster.start(FOLLOWER_2);
    cluster.awaitInSync();

    assertThat(cluster.master().get("/table/1").data().get("value").asString()).isEqualTo("a");
    assertReleased(cluster.client(FOLLOWER_2).get("/table"));

    cluster.nodes().kill(MASTER);
    cluster.nodes().wipe(MASTER);
    cluster.start(MASTER);
    TestCluster.await("it waits to be told", () -> adopt().status() == 200);
    cluster.awaitInSync();

    assertReleased(cluster.master().get("/table/1"));
    assertReleased(transact("b, r(1), c"));
  }

  private Reply transact(String notation) {
    return cluster.master().post("/transactions", notation, "Content-Type", "text/plain");
  }

  private static void assertReleased(Reply reply) {
    Problems.requireProblem(reply, 503);
    assertThat(reply.data().get("reason").asString()).isEqualTo("RELEASED");
  }

  @Test
  void beginsThereAfterARestart() {
    add(1, MESSAGES);
    TestCluster.await("the master has released", () -> firstIndex(MASTER) == FIRST_KEPT);

    cluster.nodes().killAll();
    cluster.start(FOLLOWER_1, FOLLOWER_2, MASTER);
    cluster.awaitInSync();

    assertThat(firstIndex(MASTER)).isEqualTo(FIRST_KEPT);
    assertThat(cluster.master().texts()).hasSize((int) (MESSAGES - FIRST_KEPT + 1));
  }

  @Test
  void releasesOnLayerNodesTooAndWaitsForNone() {
    add(1, 20);
    TestCluster.await(
        "the layer node shows them", () -> cluster.client(LAYER_1_1).texts().size() == 20);
    cluster.nodes().kill(LAYER_1_1);
    add(21, MESSAGES);
    TestCluster.await("its upstream has released", () -> firstIndex(FOLLOWER_1) > 21);

    cluster.start(LAYER_1_1);
    TestCluster.await(
        "it says that it is too late",
        () -> cluster.client(LAYER_1_1).health().get("upstream_error").asString().contains("410"));
    assertThat(version()).isEqualTo(20);
    assertThat(cluster.client(LAYER_1_1).texts()).hasSize(20);

    cluster.nodes().kill(LAYER_1_1);
    cluster.nodes().wipe(LAYER_1_1);
    cluster.start(LAYER_1_1);
    TestCluster.await("it begins with what is kept", () -> version() == MESSAGES);
    assertThat(firstIndex(LAYER_1_1)).isGreaterThan(21);
    long kept = firstIndex(LAYER_1_1);
    add(MESSAGES + 1, 2 * MESSAGES);
    TestCluster.await("it releases what its upstream releases", () -> firstIndex(LAYER_1_1) > kept);
  }

  private long version() {
    return cluster.client(LAYER_1_1).health().get("version").asLong();
  }

  private void add(int from, int to) {
    for (int number = from; number <= to; number++) {
      assertThat(cluster.master().add(number + FILLING, 2).status()).isEqualTo(200);
    }
  }

  private Reply adopt() {
    return cluster.master().post("/cluster/adopt", "{}", "Cluster-Token", cluster.nodes().token());
  }

  private long firstIndex(String node) {
    JsonNode health = cluster.client(node).health();
    return (node.equals(MASTER) ? health.get("retention") : health).get("first_index").asLong();
  }

  private JsonNode retention() {
    return cluster.master().health().get("retention");
  }
}
