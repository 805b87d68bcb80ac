package io.replog.system.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replog.system.kit.Best;
import io.replog.system.kit.Replies;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// With delays of 5 s and 2 s, a call takes as long as the slowest of the nodes it needs. Upper
/// bounds are what a wrong answer would take: waiting for a node more, or for one after the other.
class WriteConcernTest {

  private static final Duration FIRST_DELAY = Duration.ofSeconds(2);
  private static final Duration CLOCK_GRAIN = Duration.ofMillis(20);

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
    List<Duration> taken = Best.of(FIRST_DELAY, () -> timeToAdd("one", 1, 1));

    assertThat(taken.getLast()).isLessThan(FIRST_DELAY);
  }

  @ParameterizedTest
  @CsvSource({"2, 2, 2, 5", "3, 3, 5, 7", "majority, 2, 2, 5", "all, 3, 5, 7"})
  void takesAsLongAsTheSlowestNodeNeeded(String concern, int nodes, int seconds, int wrong) {
    Object written = concern.matches("[0-9]") ? Integer.valueOf(concern) : concern;
    Duration bound = Duration.ofSeconds(wrong);

    List<Duration> taken = Best.of(bound, () -> timeToAdd("w " + concern, written, nodes));

    assertThat(taken)
        .allMatch(time -> time.compareTo(Duration.ofSeconds(seconds).minus(CLOCK_GRAIN)) >= 0);
    assertThat(taken.getLast()).isLessThan(bound);
  }

  @Test
  void letsTwoHundredCallsWaitTogether() {
    Duration oneAfterTheOther = Duration.ofSeconds(10);

    List<Duration> taken = Best.of(oneAfterTheOther, this::timeOfTwoHundred);

    assertThat(taken.getLast()).isLessThan(oneAfterTheOther);
  }

  /// The longest of two hundred calls at once; as good as for ever where others do not go on
  /// meanwhile.
  private Duration timeOfTwoHundred() {
    long before = cluster.master().add("before", 1).index();
    List<CompletableFuture<Reply>> blocked = Replies.addMany(cluster.master(), "many ", 200, 3);
    await()
        .atMost(TestCluster.LIMIT)
        .until(() -> cluster.master().health().get("last_index").asLong() >= before + 200);
    List<Reply> others =
        IntStream.range(0, 20).mapToObj(n -> cluster.master().add("other " + n, 1)).toList();
    List<Reply> replies = Replies.now(blocked);

    assertThat(others).extracting(Reply::status).containsOnly(200);
    assertThat(replies).extracting(Reply::status).containsOnly(200);
    assertThat(replies)
        .extracting(Reply::elapsed)
        .allMatch(time -> time.compareTo(Duration.ofSeconds(5).minus(CLOCK_GRAIN)) >= 0);
    return median(others).compareTo(FIRST_DELAY) < 0
        ? replies.stream().map(Reply::elapsed).max(Comparator.naturalOrder()).orElseThrow()
        : TestCluster.LIMIT;
  }

  private static Duration median(List<Reply> replies) {
    return replies.stream().map(Reply::elapsed).sorted().toList().get(replies.size() / 2);
  }

  private static Duration timeToAdd(String text, Object concern, int nodes) {
    Reply reply = cluster.master().add(text, concern);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.number("Replication-Acks")).isGreaterThanOrEqualTo(nodes);
    return reply.elapsed();
  }
}
