package io.replog.system.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.Replies;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// With delays of 5 s and 2 s, a call takes as long as the slowest of the nodes it needs.
class WriteConcernTest {

  private static final Duration AT_ONCE = Duration.ofMillis(1_500);

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

  @ParameterizedTest
  @CsvSource({"2, 2, 2", "3, 3, 5", "majority, 2, 2", "all, 3, 5"})
  void takesAsLongAsTheSlowestNodeNeeded(String concern, int nodes, int seconds) {
    Object written = concern.matches("[0-9]") ? Integer.valueOf(concern) : concern;

    Reply reply = cluster.master().add("concern " + concern, written);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.number("Replication-Acks")).isGreaterThanOrEqualTo(nodes);
    assertThat(reply.elapsed())
        .isBetween(
            Duration.ofSeconds(seconds).minusMillis(20),
            Duration.ofMillis(seconds * 1000L + 1_900));
  }

  @Test
  void letsTwoHundredCallsWaitTogether() {
    List<CompletableFuture<Reply>> blocked = Replies.addMany(cluster.master(), "together ", 200, 3);
    List<Duration> quick = new ArrayList<>();
    for (int number = 0; number < 20; number++) {
      quick.add(cluster.master().add("meanwhile " + number, 1).elapsed());
    }

    List<Reply> replies = Replies.now(blocked);

    assertThat(quick).allMatch(elapsed -> elapsed.compareTo(AT_ONCE) < 0);
    assertThat(replies).allMatch(reply -> reply.status() == 200);
    assertThat(replies)
        .extracting(Reply::elapsed)
        .allMatch(elapsed -> elapsed.toMillis() >= 4_980)
        .allMatch(elapsed -> elapsed.toMillis() < 8_500);
  }
}
