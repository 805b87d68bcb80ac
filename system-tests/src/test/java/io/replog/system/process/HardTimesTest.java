package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.Best;
import io.replog.system.kit.NodeClient;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import io.replog.system.kit.Tools;
import io.replog.system.load.Rush;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Too little memory and no processor time to speak of: everything takes longer, and nobody takes a
/// living node for another master or gives it up for good. `-Dlong=true` goes on for five minutes.
class HardTimesTest {

  private static final Duration TIME = Duration.ofSeconds(Boolean.getBoolean("long") ? 300 : 8);
  private static final int CLIENTS = 32;
  private static final long MOST_TIMES_GIVEN_UP = 2;

  private final TestCluster cluster =
      TestCluster.running(
          "hard-times", settings -> settings.set("JAVA_OPTS", TestCluster.javaOptions("64m")));

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void goesOnInOneEpoch() {
    Tools.require("stress-ng", "stress-ng");
    Mandate before = Mandate.of(cluster.master());

    assertThat(Best.any(this::isSeldomGivenUpInARush)).as("nobody is given up often").isTrue();
    Reply last = cluster.master().add("last", 3);

    assertThat(last.status()).isEqualTo(200);
    assertThat(Mandate.of(cluster.master())).isEqualTo(before);
    for (String node : List.of(MASTER, FOLLOWER_1, FOLLOWER_2)) {
      assertThat(cluster.lines(node)).noneMatch(line -> line.contains("FENCED"));
      assertThat(cluster.client(node).health().get("last_index").asLong()).isEqualTo(last.index());
    }
  }

  private boolean isSeldomGivenUpInARush() {
    Map<String, Long> before = givenUp();
    Process hog = hog();
    try {
      Rush.Outcome outcome = Rush.run(cluster.master(), CLIENTS, 2, TIME);
      assertThat(outcome.acknowledged()).isPositive();
      assertThat(outcome.other()).isZero();
    } finally {
      hog.destroy();
    }
    cluster.awaitInSync();
    return givenUp().entrySet().stream()
        .allMatch(after -> after.getValue() - before.get(after.getKey()) <= MOST_TIMES_GIVEN_UP);
  }

  private static Process hog() {
    try {
      return new ProcessBuilder("stress-ng", "--cpu", "4", "--timeout", TIME.toSeconds() + "s")
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Each follower to how often the master has taken it for dead so far.
  private Map<String, Long> givenUp() {
    return Stream.of(FOLLOWER_1, FOLLOWER_2)
        .collect(Collectors.toMap(Function.identity(), this::timesGivenUp));
  }

  private long timesGivenUp(String follower) {
    return cluster.lines(MASTER).stream()
        .filter(line -> line.contains(follower + " UNHEALTHY"))
        .count();
  }

  /// What must not change.
  private record Mandate(long epoch, String logId) {

    static Mandate of(NodeClient master) {
      return new Mandate(
          master.health().get("epoch").asLong(), master.health().get("log_id").asString());
    }
  }
}
