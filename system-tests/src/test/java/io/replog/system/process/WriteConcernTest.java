package io.replog.system.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replog.system.kit.Replies;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// With delays of 5 s and 2 s, a call takes as long as the slowest of the nodes it needs.
class WriteConcernTest {

  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  private static TestCluster cluster;

  @BeforeAll
  static void startCluster() {
    cluster =
        TestCluster.running("write-concern", settings -> settings.delay(1, "5s").delay(2, "2s"));
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @Test
  void answersAtOnceWhenMasterIsEnough() {
    Reply reply = cluster.master().add("one", 1);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.elapsed()).isLessThan(AT_ONCE);
  }

  /// `other` is what it would take if it waited for one node more, or for one after the other.
  @ParameterizedTest
  @CsvSource({"2, 2, 2, 5", "3, 3, 5, 7", "majority, 2, 2, 5", "all, 3, 5, 7"})
  void takesAsLongAsTheSlowestNodeNeeded(String concern, int nodes, int seconds, int other) {
    Object written = concern.matches("[0-9]") ? Integer.valueOf(concern) : concern;

    Reply reply = cluster.master().add("concern " + concern, written);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.number("Replication-Acks")).isGreaterThanOrEqualTo(nodes);
    assertThat(reply.elapsed())
        .isBetween(Duration.ofSeconds(seconds).minusMillis(20), Duration.ofSeconds(other));
  }

  @Test
  void letsTwoHundredCallsWaitTogether() {
    long before = cluster.master().add("before", 1).index();
    List<CompletableFuture<Reply>> blocked = Replies.addMany(cluster.master(), "together ", 200, 3);
    await().until(() -> cluster.master().health().get("last_index").asLong() >= before + 200);
    List<Duration> quick =
        IntStream.range(0, 20)
            .mapToObj(number -> cluster.master().add("meanwhile " + number, 1).elapsed())
            .sorted()
            .toList();

    List<Reply> replies = Replies.now(blocked);

    assertThat(quick.get(quick.size() / 2)).isLessThan(AT_ONCE);
    assertThat(replies).allMatch(reply -> reply.status() == 200);
    assertThat(replies)
        .extracting(Reply::elapsed)
        .allMatch(elapsed -> elapsed.toMillis() >= 4_980)
        .allMatch(elapsed -> elapsed.toMillis() < 10_000);
  }
}
