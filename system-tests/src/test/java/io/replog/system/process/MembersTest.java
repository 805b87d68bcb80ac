package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.client.cluster.LocalCluster;
import io.replog.system.kit.NodeClient;
import io.replog.system.kit.Problems;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Nodes join and leave while the cluster runs.
class MembersTest {

  private static final String FOLLOWER_3 = "follower-3";
  private static final int MESSAGES = 200;
  private static final int BACKLOG = 20_000;
  private static final int WRITERS = 4;
  private static final int MOST_WRITES = 20_000;

  private final TestCluster cluster = TestCluster.running("members", settings -> settings);
  private final LocalCluster grown = cluster.nodes().with(FOLLOWER_3);

  @AfterEach
  void stopCluster() {
    grown.close();
    cluster.close();
  }

  @Test
  void letsANodeJoinThatCatchesUpAndCountsFromThenOn() {
    IntStream.rangeClosed(1, MESSAGES).forEach(n -> cluster.master().add("m" + n, 2));
    Problems.requireProblem(cluster.master().add("too many", 4), 400);

    Reply joined = join(FOLLOWER_3);

    assertThat(joined.status()).as(joined.toString()).isEqualTo(200);
    assertThat(joined.data().get("cluster_size").asInt()).isEqualTo(4);
    assertThat(follower3().texts()).contains("m1", "m" + MESSAGES);
    assertThat(cluster.master().add("on all four", 4).status()).isEqualTo(200);
    assertThat(follower3().texts()).endsWith("on all four");
    assertThat(cluster.master().add("too many", 5).text()).contains("the maximum is 4");
    assertThat(cluster.master().health().get("followers")).hasSize(3);
    long index = joined.data().get("index").asLong();
    assertThat(cluster.master().get("/messages/" + index).data().get("text").asString())
        .startsWith("follower-3 joins\n");
  }

  @Test
  void remembersItsMembersAcrossARestart() {
    join(FOLLOWER_3);
    leave(FOLLOWER_1);

    cluster.nodes().kill(MASTER);
    cluster.start(MASTER);
    cluster.awaitWritable();

    Reply members = asOperator().get("/cluster/members");
    assertThat(members.data().get("members").findValuesAsString("node"))
        .containsExactly(FOLLOWER_2, FOLLOWER_3);
    assertThat(cluster.master().add("on all three", 3).status()).isEqualTo(200);
    assertThat(follower3().texts()).endsWith("on all three");
    assertThat(cluster.follower1().texts()).doesNotContain("on all three");
  }

  @Test
  void answersAtOnceWhoWaitsForANodeThatLeaves() {
    cluster.nodes().kill(FOLLOWER_2);
    CompletableFuture<Reply> waiting = cluster.master().addLater("on three", 3);
    cluster.awaitBlocked(1);

    Reply left = leave(FOLLOWER_2);

    assertThat(left.status()).as(left.toString()).isEqualTo(200);
    Reply answer = waiting.join();
    Problems.requireProblem(answer, 504);
    assertThat(answer.data().get("reason").asString()).isEqualTo("MEMBER_LEFT");
    assertThat(cluster.master().texts()).contains("on three");
    assertThat(cluster.master().add("all that are left", "all").status()).isEqualTo(200);
  }

  /// What was acknowledged is on every node that counts, once and in one order, whoever comes with
  /// how much to catch up and whoever goes.
  @Test
  void changesItsMembersWhileManyWrite() {
    String backlog =
        IntStream.rangeClosed(1, BACKLOG)
            .mapToObj("{\"data\":\"before %d\"}\n"::formatted)
            .collect(Collectors.joining());
    Reply taken = cluster.master().post("/add", backlog, "Content-Type", "application/x-ndjson");
    assertThat(taken.status()).isEqualTo(200);
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    AtomicBoolean over = new AtomicBoolean();

    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int writer = 1; writer <= WRITERS; writer++) {
        String name = "writer %d: ".formatted(writer);
        var _ = writers.submit(() -> write(name, over, acknowledged));
      }
      try {
        assertThat(join(FOLLOWER_3).status()).isEqualTo(200);
        assertThat(leave(FOLLOWER_1).status()).isEqualTo(200);
      } finally {
        over.set(true);
      }
    }

    assertThat(acknowledged).isNotEmpty();
    assertThat(cluster.master().add("the last one", "all").status()).isEqualTo(200);
    List<String> texts = cluster.master().texts();
    assertThat(texts).containsAll(acknowledged).doesNotHaveDuplicates();
    assertThat(follower3().texts()).isEqualTo(texts);
    assertThat(cluster.follower2().texts()).isEqualTo(texts);
  }

  private void write(String name, AtomicBoolean over, Set<String> acknowledged) {
    for (int number = 1; number <= MOST_WRITES && !over.get(); number++) {
      if (cluster.master().add(name + number, "majority").status() == 200) {
        acknowledged.add(name + number);
      }
    }
  }

  @Test
  void countsNobodyWhoCannotBeReached() {
    Reply refused =
        asOperator()
            .post(
                "/cluster/members",
                "{\"node\":\"follower-3\",\"url\":\"%s\",\"timeout_ms\":1500}"
                    .formatted(grown.url(FOLLOWER_3)));

    Problems.requireProblem(refused, 503);
    assertThat(refused.data().get("reason").asString()).isEqualTo("NOT_CAUGHT_UP");
    assertThat(cluster.master().health().get("followers")).hasSize(2);
    assertThat(cluster.master().add("m", "all").status()).isEqualTo(200);
  }

  @Test
  void notesALayerNodeThatDoesNotCount() {
    Reply noted =
        asOperator()
            .post(
                "/cluster/members",
                "{\"node\":\"far\",\"url\":\"http://127.0.0.1:9\",\"feed\":\"every 10s\"}");

    assertThat(noted.status()).as(noted.toString()).isEqualTo(200);
    assertThat(noted.data().get("cluster_size").asInt()).isEqualTo(3);
    assertThat(asOperator().get("/cluster/members").data().toString())
        .contains("\"far\"", "every 10s");
    Problems.requireProblem(cluster.master().add("too many", 4), 400);
    assertThat(cluster.master().add("on all that count", "all").status()).isEqualTo(200);
    assertThat(leave("far").status()).isEqualTo(200);
  }

  @Test
  void takesAFollowerBackThatHasLeft() {
    leave(FOLLOWER_1);
    cluster.master().add("while it was away", 2);

    Reply joined = join(FOLLOWER_1);

    assertThat(joined.status()).as(joined.toString()).isEqualTo(200);
    assertThat(cluster.follower1().texts()).contains("while it was away");
  }

  @Test
  void refusesWhatMakesNoSenseAndWhoMayNot() {
    String good = "{\"node\":\"follower-3\",\"url\":\"http://127.0.0.1:9\"}";
    Problems.requireProblem(cluster.master().post("/cluster/members", good), 401);
    refused(400, "{\"url\":\"http://127.0.0.1:9\"}", "node");
    refused(400, "{\"node\":\"a b\",\"url\":\"http://127.0.0.1:9\"}", "node");
    refused(400, "{\"node\":\"follower-3\",\"url\":\"127.0.0.1:9\"}", "url");
    refused(400, "{\"node\":\"follower-3\",\"url\":\"http://127.0.0.1:9/x\"}", "url");
    refused(400, "{\"node\":\"f\",\"url\":\"http://127.0.0.1:9\",\"feed\":\"often\"}", "feed");
    refused(400, "{\"node\":\"f\",\"url\":\"http://127.0.0.1:9\",\"timeout_ms\":0}", "timeout");
    refused(409, "{\"node\":\"follower-1\",\"url\":\"http://127.0.0.1:9\"}", "follower-1");
    Problems.requireProblem(leave("nobody"), 404);
  }

  private void refused(int status, String body, String named) {
    Reply reply = asOperator().post("/cluster/members", body);
    Problems.requireProblem(reply, status);
    assertThat(reply.json().get("message").asString()).contains(named);
  }

  private Reply join(String node) {
    grown.start(node);
    return asOperator()
        .post(
            "/cluster/members",
            "{\"node\":\"%s\",\"url\":\"%s\",\"timeout_ms\":%d}"
                .formatted(node, grown.url(node), TestCluster.LIMIT.toMillis()));
  }

  private Reply leave(String node) {
    return asOperator().send("DELETE", "/cluster/members/" + node, new byte[0]);
  }

  private NodeClient asOperator() {
    return cluster.master().saying("Cluster-Token", cluster.nodes().token());
  }

  private NodeClient follower3() {
    return new NodeClient(grown.url(FOLLOWER_3));
  }
}
