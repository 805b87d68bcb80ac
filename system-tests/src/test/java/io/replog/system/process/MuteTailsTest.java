package io.replog.system.process;

import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import io.replog.system.load.MuteTails;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Live tails that nobody reads: they are cut soon, and no add waits for them. `-Dlong=true` has as
/// many of them as a node takes.
class MuteTailsTest {

  private static final int TAILS = Boolean.getBoolean("long") ? 1_000 : 150;

  private static final String TEXT = "x".repeat(100_000);

  /// Together more than the machine buffers for a connection.
  private static final int ADDS = 60;

  /// Far below what a tail that nobody reads is waited for.
  private static final Duration QUICK = Duration.ofSeconds(5);

  private static final int SPARE_DESCRIPTORS = 50;

  private final TestCluster cluster =
      TestCluster.running("mute-tails", settings -> settings.followers(1));

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void areCutWhileAddsGoOn() throws IOException {
    long descriptors = descriptors();
    try (MuteTails _ = MuteTails.open(cluster.master(), TAILS)) {
      TestCluster.await("all tails are open", () -> openTails() == TAILS);

      List<Duration> adds = new ArrayList<>();
      for (int number = 0; number < ADDS; number++) {
        Reply added = cluster.master().add(number + TEXT, 2);
        assertThat(added.status()).isEqualTo(200);
        adds.add(added.elapsed());
      }
      long start = System.nanoTime();
      TestCluster.await("all tails are cut", () -> openTails() == 0);
      Duration cut = Duration.ofNanos(System.nanoTime() - start);

      System.out.printf("%d tails cut in %s, slowest add %s%n", TAILS, cut, max(adds));
      assertThat(median(adds)).isLessThan(QUICK);
      TestCluster.await(
          "descriptors come back", () -> descriptors() < descriptors + SPARE_DESCRIPTORS);
    }
    cluster.awaitInSync();
    assertThat(cluster.follower1().texts()).hasSize(ADDS);
  }

  private long openTails() {
    return cluster
        .master()
        .get("/actuator/prometheus")
        .text()
        .lines()
        .filter(line -> line.startsWith("replog_live_tails"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst()
        .orElseThrow();
  }

  private long descriptors() {
    try (Stream<Path> open = Files.list(Path.of("/proc/" + cluster.nodes().pid(MASTER) + "/fd"))) {
      return open.count();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Duration median(List<Duration> times) {
    return times.stream().sorted().toList().get(times.size() / 2);
  }

  private static Duration max(List<Duration> times) {
    return times.stream().max(Duration::compareTo).orElseThrow();
  }
}
