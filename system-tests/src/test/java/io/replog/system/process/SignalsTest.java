package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.MASTER;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.Best;
import io.replog.system.kit.RawHttp;
import io.replog.system.kit.Shell;
import io.replog.system.kit.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Signals at moments when a node has other things to do: it is gone within five seconds all the
/// same, and starts again with all that it had.
class SignalsTest {

  private static final Duration GONE = Duration.ofSeconds(5);

  /// The bit of `INT`, which is signal 2, among those that a process ignores.
  private static final long INTERRUPT = 1L << 1;

  private final TestCluster cluster =
      TestCluster.running("signals", settings -> settings.followers(1));

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void endsWithinFiveSecondsWhateverItDoes() throws IOException {
    cluster.master().add("before", 2);

    String interrupt = interrupt();
    requireGone(() -> timeFrom(interrupt));
    requireGone(() -> timeFrom("TERM", "TERM", interrupt));
    requireGone(this::timeFromHalfARequest);
    requireGone(this::timeFromTheMiddleOfAStart);

    assertThat(cluster.master().texts()).containsExactly("before");
    assertThat(cluster.master().add("after", 2).index()).isEqualTo(2);
  }

  /// The node runs before each attempt, and after the last.
  private void requireGone(Supplier<Duration> end) {
    List<Duration> taken =
        Best.of(
            GONE,
            () -> {
              Duration time = end.get();
              startAgain();
              return time;
            });
    assertThat(taken.getLast()).isLessThan(GONE);
  }

  private Duration timeFromHalfARequest() {
    try (RawHttp hanging = RawHttp.connect(cluster.master())) {
      hanging.send(
          "POST /add HTTP/1.1\r\n"
              + "Host: x\r\n"
              + "Content-Type: application/json\r\n"
              + "Content-Length: 90\r\n\r\n"
              + "{");
      return timeFrom("TERM");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Duration timeFromTheMiddleOfAStart() {
    cluster.nodes().stop(MASTER);
    cluster.nodes().startWithoutWaiting(MASTER);
    TestCluster.await("the start has begun", () -> Files.exists(lock()));
    return timeFrom("TERM");
  }

  @Test
  void endsWhileItCatchesUp() {
    cluster.nodes().kill(FOLLOWER_1);
    String text = "x".repeat(100_000);
    for (int number = 0; number < 200; number++) {
      cluster.master().add(text, 1);
    }

    List<Duration> taken = Best.of(GONE, this::timeFromTheMiddleOfCatchingUp);

    assertThat(taken.getLast()).isLessThan(GONE);
    cluster.start(FOLLOWER_1);
    cluster.awaitInSync();
    assertThat(cluster.follower1().texts()).hasSize(200);
  }

  private Duration timeFromTheMiddleOfCatchingUp() {
    cluster.nodes().wipe(FOLLOWER_1);
    cluster.nodes().startWithoutWaiting(FOLLOWER_1);
    TestCluster.await(
        "the follower has something",
        () -> cluster.follower1().health().get("last_index").asLong() > 0);
    long started = System.nanoTime();
    cluster.nodes().stop(FOLLOWER_1);
    return Duration.ofNanos(System.nanoTime() - started);
  }

  /// What runs in the background of a shell begins with `INT` ignored, and so does all that it
  /// starts.
  private static String interrupt() throws IOException {
    String ignored =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElseThrow()
            .substring("SigIgn:".length())
            .strip();
    boolean isIgnored = (Long.parseUnsignedLong(ignored, 16) & INTERRUPT) != 0;
    return isIgnored ? "TERM" : "INT";
  }

  private Path lock() {
    return cluster.nodes().dataDirectory(MASTER).resolve("LOCK");
  }

  private Duration timeFrom(String... signals) {
    long pid = cluster.nodes().pid(MASTER);
    String kills =
        Stream.of(signals).map(signal -> "kill -%s %d; ".formatted(signal, pid)).collect(joining());
    long start = System.nanoTime();
    Shell.run("sh", "-c", kills);
    TestCluster.await("the process is gone", () -> !cluster.nodes().state(MASTER).isAlive());
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private void startAgain() {
    cluster.start(MASTER);
    cluster.awaitInSync();
  }
}
