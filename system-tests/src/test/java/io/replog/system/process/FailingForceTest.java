package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.client.cluster.LocalCluster;
import io.replog.client.cluster.NodeState;
import io.replog.system.kit.Best;
import io.replog.system.kit.NodeClient;
import io.replog.system.kit.Problems;
import io.replog.system.kit.Replies;
import io.replog.system.kit.Reply;
import io.replog.system.kit.Strace;
import io.replog.system.kit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A force that fails once, takes long, or never returns. After a failure the kernel may report
/// success for data that is gone, so the first failing force is the last.
class FailingForceTest {

  private static final int LOG_FAILED = 74;
  private static final int SLOW_STOP = 75;
  private static final String SEGMENT = "00000000000000000001.log";

  private final TestCluster cluster =
      TestCluster.running("failing-force", settings -> settings.followers(1));

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void endsMasterAtTheFirstFailingForceAndKeepsWhatWasAcknowledged() throws IOException {
    List<String> acknowledged = add("before", 20, 2);
    List<CompletableFuture<Reply>> blocked = blockedCalls(10);
    Object segment = identityOfSegment();

    try (Strace _ = Strace.failNextForce(cluster.nodes().pid(MASTER))) {
      CompletableFuture<Reply> failed = cluster.master().addLater("unlucky", 1);

      requireHonest(failed);
      assertThat(blocked).extracting(Replies::status).containsOnly(504);
      awaitEnd(MASTER);
    }
    assertThat(cluster.nodes().exitCode(MASTER)).hasValue(LOG_FAILED);
    assertThat(cluster.lines(MASTER))
        .anyMatch(
            line -> line.contains("stopping with exit code 74: the log could not be written"));

    restart(MASTER);
    assertThat(identityOfSegment()).as("the tail is written anew").isNotEqualTo(segment);
    assertThat(cluster.master().texts())
        .startsWith(acknowledged.toArray(String[]::new))
        .doesNotHaveDuplicates();
    assertThat(cluster.client(FOLLOWER_1).texts()).isEqualTo(cluster.master().texts());
  }

  /// The force that fails may be one that notes what is durable, before this add was appended.
  private static void requireHonest(CompletableFuture<Reply> failed) {
    int status = Replies.status(failed);
    assertThat(status).isIn(503, 504);
    if (status == 503) {
      assertThat(Problems.reason(Replies.now(failed))).isEqualTo("LOG_FAILED");
    }
  }

  @Test
  void endsFollowerAtTheFirstFailingForceAndLetsTheMasterGoOn() {
    List<String> acknowledged = add("before", 20, 2);

    CompletableFuture<Reply> waiting;
    try (Strace _ = Strace.failNextForce(cluster.nodes().pid(FOLLOWER_1))) {
      waiting = cluster.master().addLater("waits", 2);
      awaitEnd(FOLLOWER_1);
    }

    assertThat(cluster.nodes().exitCode(FOLLOWER_1)).hasValue(LOG_FAILED);
    assertThat(cluster.master().add("alone", 1).status()).isEqualTo(200);
    assertThat(waiting).isNotDone();
    restart(FOLLOWER_1);
    assertThat(Replies.now(waiting).status()).isEqualTo(200);
    assertThat(cluster.client(FOLLOWER_1).texts())
        .startsWith(acknowledged.toArray(String[]::new))
        .isEqualTo(cluster.master().texts());
  }

  @Test
  void slowsDownWithSlowForcesAndDeclaresNobodyDead() {
    for (int millis : List.of(1_000, 5_000)) {
      assertThat(Best.any(() -> isDeclaredAliveThroughout(millis)))
          .as("follower-1 is never UNHEALTHY with forces of %d ms", millis)
          .isTrue();
    }

    for (String node : List.of(MASTER, FOLLOWER_1)) {
      assertThat(cluster.lines(node))
          .anyMatch(line -> line.matches(".*WARN.*the disk took \\d+ ms.*"));
      assertThat(secondsOfForces(cluster.client(node))).isGreaterThan(4.9);
    }
  }

  private boolean isDeclaredAliveThroughout(int millis) {
    cluster.awaitInSync();
    List<String> seen = new ArrayList<>();
    try (Strace _ = Strace.delayForces(cluster.nodes().pid(MASTER), millis);
        Strace _ = Strace.delayForces(cluster.nodes().pid(FOLLOWER_1), millis)) {
      CompletableFuture<Reply> slow = cluster.master().addLater("slow-" + millis, 2);
      TestCluster.await("the slow add", () -> isDone(slow, seen));

      assertThat(Replies.now(slow).status()).isEqualTo(200);
      assertThat(Replies.now(slow).elapsed()).isGreaterThan(Duration.ofMillis(2L * millis));
    }
    assertThat(seen).isNotEmpty();
    return !seen.contains("UNHEALTHY");
  }

  /// A thread that strace holds cannot end, as little as one that the kernel holds: so the node's
  /// decision is awaited first, and its end when strace has let go.
  @Test
  void endsInBoundedTimeThoughAForceHangs() {
    add("before", 1, 1);

    CompletableFuture<Boolean> stopped;
    CompletableFuture<Reply> hanging;
    try (Strace _ = Strace.delayForces(cluster.nodes().pid(MASTER), 600_000)) {
      hanging = cluster.master().addLater("hanging", 1);
      TestCluster.await("the append", () -> says("append #2"));
      stopped = CompletableFuture.supplyAsync(() -> cluster.nodes().stop(MASTER));
      TestCluster.await("giving up", () -> says("the stop took too long"));
    }

    assertThat(stopped.join()).as("ended by itself").isTrue();
    assertThat(cluster.nodes().exitCode(MASTER)).hasValue(SLOW_STOP);
    Problems.requireProblem(Replies.now(hanging), 504);
    restart(MASTER);
    assertThat(cluster.master().texts()).startsWith("before0").doesNotHaveDuplicates();
  }

  private boolean says(String words) {
    return cluster.lines(MASTER).stream().anyMatch(line -> line.contains(words));
  }

  private List<String> add(String prefix, int count, int concern) {
    List<Reply> replies = Replies.now(Replies.addMany(cluster.master(), prefix, count, concern));
    assertThat(replies).extracting(Reply::status).containsOnly(200);
    return cluster.master().texts();
  }

  /// Calls whose messages the master holds and the halted follower does not.
  private List<CompletableFuture<Reply>> blockedCalls(int count) {
    cluster.nodes().pause(FOLLOWER_1);
    List<CompletableFuture<Reply>> blocked = Replies.addMany(cluster.master(), "blocked", count, 2);
    cluster.awaitBlocked(count);
    return blocked;
  }

  private void awaitEnd(String node) {
    TestCluster.await(node + " ends", () -> cluster.nodes().state(node) == NodeState.EXITED);
  }

  private void restart(String node) {
    if (cluster.nodes().state(FOLLOWER_1) == NodeState.PAUSED) {
      cluster.nodes().unpause(FOLLOWER_1);
    }
    cluster.nodes().start(node);
    cluster.nodes().awaitReady(List.of(node), LocalCluster.READY_LIMIT);
    cluster.awaitInSync();
  }

  private boolean isDone(CompletableFuture<Reply> call, List<String> seen) {
    seen.add(cluster.master().healthOf(FOLLOWER_1).get("status").asString());
    return call.isDone();
  }

  private static double secondsOfForces(NodeClient node) {
    return node.get("/actuator/prometheus")
        .text()
        .lines()
        .filter(line -> line.startsWith("replog_fsync_duration_seconds_sum"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst()
        .orElseThrow();
  }

  private Object identityOfSegment() throws IOException {
    Path segment = cluster.nodes().dataDirectory(MASTER).resolve(SEGMENT);
    return Files.getAttribute(segment, "unix:ino");
  }
}
