package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.Problems;
import io.replog.system.kit.Replies;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Calls that wait for a dead follower wait for it alone.
class ThousandBlockedCallsTest {

  private static final int CALLS = 1_000;

  private final TestCluster cluster =
      TestCluster.running(
          "blocked", settings -> settings.set("MAX_BLOCKED_WRITES", Integer.toString(CALLS)));

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void letsOthersGoOnAndReturnsWhenFollowerDoes() {
    cluster.nodes().kill(FOLLOWER_2);
    List<CompletableFuture<Reply>> blocked =
        Replies.addMany(cluster.master(), "blocked ", CALLS, 3);
    cluster.awaitBlocked(CALLS);

    List<Reply> others =
        IntStream.range(0, 100)
            .mapToObj(number -> cluster.master().add("other " + number, 1))
            .toList();
    Reply oneTooMany = cluster.master().add("one too many", 3);

    assertThat(others).allMatch(reply -> reply.status() == 200);
    assertThat(others.stream().map(Reply::elapsed).sorted().toList().get(others.size() / 2))
        .isLessThan(Duration.ofSeconds(5));
    Problems.requireProblem(oneTooMany, 503);
    assertThat(oneTooMany.number("Retry-After")).isPositive();
    assertThat(cluster.master().get("/actuator/health/liveness").status()).isEqualTo(200);
    assertThat(blocked).noneMatch(CompletableFuture::isDone);

    cluster.start(FOLLOWER_2);
    List<Reply> released = Replies.now(blocked);

    assertThat(released).allMatch(reply -> reply.status() == 200);
    assertThat(released).extracting(Reply::index).doesNotHaveDuplicates();
    cluster.awaitInSync();
    assertThat(cluster.follower2().texts())
        .hasSize(CALLS + others.size())
        .doesNotContain("one too many")
        .isEqualTo(cluster.master().texts());
  }
}
