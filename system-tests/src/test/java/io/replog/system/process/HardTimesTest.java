package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.NodeClient;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import io.replog.system.kit.Tools;
import io.replog.system.load.Rush;
import java.io.IOException;
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
          "hard-times",
          settings ->
              settings.set(
                  "JAVA_OPTS",
                  "-Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError"));

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void goesOnInOneEpoch() throws IOException {
    Tools.require("stress-ng", "stress-ng");
    Mandate before = Mandate.of(cluster.master());
    Map<String, Long> givenUpBefore = givenUp();
    Process hog =
        new ProcessBuilder("stress-ng", "--cpu", "4", "--timeout", TIME.toSeconds() + "s")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      Rush.Outcome outcome = Rush.run(cluster.master(), CLIENTS, 2, TIME);
      assertThat(outcome.acknowledged()).isPositive();
      assertThat(outcome.other()).isZero();
    } finally {
      hog.destroy();
    }
    cluster.awaitInSync();
    Reply last = cluster.master().add("last", 3);

    assertThat(last.status()).isEqualTo(200);
    assertThat(Mandate.of(cluster.master())).isEqualTo(before);
    Map<String, Long> givenUpAfter = givenUp();
    for (String follower : List.of(FOLLOWER_1, FOLLOWER_2)) {
      assertThat(givenUpAfter.get(follower) - givenUpBefore.get(follower))
          .as("times that %s was given up", follower)
          .isLessThanOrEqualTo(MOST_TIMES_GIVEN_UP);
    }
    for (String node : List.of(MASTER, FOLLOWER_1, FOLLOWER_2)) {
      assertThat(cluster.lines(node)).noneMatch(line -> line.contains("FENCED"));
      assertThat(cluster.client(node).health().get("last_index").asLong()).isEqualTo(last.index());
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
