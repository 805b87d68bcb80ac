package io.replog.system.overload;

import static io.replog.system.kit.TestCluster.FOLLOWER_2;

import io.replog.system.kit.TestCluster;
import io.replog.system.load.Run;
import io.replog.system.load.Rush;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/// One cluster under each condition in turn, a few times over, with one write concern.
final class OverloadRun {

  private static final int CLIENTS = 64;
  private static final int TIMES = 10;

  /// Silent for longer than three heartbeats, then back: the master gives the follower up each
  /// time.
  private static final Duration SILENT = Duration.ofSeconds(2);

  private static final Duration BACK = Duration.ofSeconds(1);

  /// Until the nodes have compiled what they do most.
  private static final Duration WARM_UP = Duration.ofSeconds(20);

  private static final Duration SLICE = Duration.ofSeconds(1);

  private final TestCluster cluster;
  private final Duration length;
  private final int concern;
  private final PrintStream out;
  private final Figures figures;

  /// @param length of each condition in each round
  /// @param concern nodes that must hold what is added
  OverloadRun(TestCluster cluster, Duration length, int concern, PrintStream out) {
    this.cluster = cluster;
    this.length = length;
    this.concern = concern;
    this.out = out;
    this.figures = new Figures(concern);
  }

  Figures run(int rounds) {
    Rush.run(cluster.master(), CLIENTS, concern, WARM_UP);
    for (int round = 0; round < rounds; round++) {
      double healthy = measure(Condition.HEALTHY, CLIENTS);
      measureDown();
      measureFlapping();
      measure(Condition.OVERLOAD, CLIENTS * TIMES);
      measureRecovery(healthy);
    }
    return figures;
  }

  private double measure(Condition condition, int clients) {
    Rush.Outcome outcome = Rush.run(cluster.master(), clients, concern, length);
    figures.add(condition, outcome);
    out.printf("w=%d %-22s %7.0f adds/s%n", concern, condition.words(), outcome.perSecond());
    return outcome.perSecond();
  }

  private void measureDown() {
    cluster.nodes().kill(FOLLOWER_2);
    long start = System.nanoTime();
    cluster.awaitStatus(FOLLOWER_2, "UNHEALTHY");
    figures.addNotice(Duration.ofNanos(System.nanoTime() - start));
    measure(Condition.FOLLOWER_DOWN, CLIENTS);
    cluster.start(FOLLOWER_2);
    cluster.awaitInSync();
  }

  private void measureFlapping() {
    Run flapping = new Run();
    Thread flaps = Thread.ofPlatform().name("flaps").start(() -> flap(flapping));
    try {
      measure(Condition.FOLLOWER_FLAPPING, CLIENTS);
    } finally {
      flapping.end();
      join(flaps);
    }
    cluster.awaitInSync();
  }

  private void flap(Run flapping) {
    while (flapping.goesOn()) {
      cluster.nodes().pause(FOLLOWER_2);
      flapping.pause(SILENT);
      cluster.nodes().unpause(FOLLOWER_2);
      flapping.pause(BACK);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Slices of the ordinary load, until one of them has enough of the throughput from before.
  private void measureRecovery(double healthy) {
    long start = System.nanoTime();
    Duration taken;
    boolean recovered;
    do {
      double now = Rush.run(cluster.master(), CLIENTS, concern, SLICE).perSecond();
      taken = Duration.ofNanos(System.nanoTime() - start);
      recovered = now >= healthy * Figures.KEPT;
    } while (!recovered && taken.compareTo(Figures.RECOVERED) <= 0);
    figures.addRecovery(taken);
    out.printf("recovered after %d ms%n", taken.toMillis());
    cluster.awaitInSync();
  }

  /// What a run is made of, for people.
  static List<String> plan(int rounds, Duration length) {
    return List.of(
        "%d rounds of %d s for each condition".formatted(rounds, length.toSeconds()),
        "%d clients, %d in overload, one write concern after the other"
            .formatted(CLIENTS, CLIENTS * TIMES));
  }
}
