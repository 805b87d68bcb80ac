package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.client.cluster.NodeState;
import io.replog.system.kit.NodeClient;
import io.replog.system.kit.Replies;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A log longer than the heap of each node, a follower that lacks all of it, and as many blocked
/// calls as are let in, all at once.
class SmallHeapTest {

  private static final Duration CATCHING_UP = Duration.ofMinutes(8);

  /// Half of the heap of 256 MB at 96 KiB each is some more than these; a part of the heap is never
  /// used.
  private static final int LET_IN = 1_250;

  private static final int CALLS = 1_400;
  private static final int BULKS = 15;
  private static final int LINES = 20_000;
  private static final int CHARACTERS = 1_000;

  private final TestCluster cluster =
      TestCluster.running("small-heap", settings -> settings.set("MAX_BLOCKED_WRITES", "10000"));

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void bearsLongBacklogAndAllBlockedCallsAtOnce() {
    cluster.nodes().kill(FOLLOWER_2);
    String lines = "{\"data\":\"%s\"}\n".formatted("x".repeat(CHARACTERS)).repeat(LINES);
    for (int bulk = 0; bulk < BULKS; bulk++) {
      assertThat(append(cluster.master(), lines).status()).isEqualTo(200);
    }
    List<CompletableFuture<Reply>> blocked =
        Replies.addMany(cluster.master().within(CATCHING_UP), "b", CALLS, 3);
    TestCluster.await(
        "blocked calls", () -> cluster.master().health().get("blocked_writes").asInt() >= LET_IN);

    cluster.start(FOLLOWER_2);

    List<Integer> statuses = Replies.now(blocked).stream().map(Reply::status).toList();
    assertThat(statuses).containsOnly(200, 503);
    long released = statuses.stream().filter(status -> status == 200).count();
    assertThat(released).isGreaterThanOrEqualTo(LET_IN);
    cluster.awaitInSync();
    long last = cluster.master().health().get("last_index").asLong();
    assertThat(last).isEqualTo((long) BULKS * LINES + released);
    for (String node : List.of(MASTER, FOLLOWER_1, FOLLOWER_2)) {
      assertThat(cluster.client(node).health().get("last_index").asLong()).isEqualTo(last);
      assertThat(cluster.nodes().state(node)).as(node).isEqualTo(NodeState.RUNNING);
    }
  }

  private static Reply append(NodeClient master, String lines) {
    return master.send(
        "POST",
        "/add?write_concern=2",
        lines.getBytes(StandardCharsets.UTF_8),
        "Content-Type",
        "application/x-ndjson");
  }
}
