package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.Replies;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import io.replog.system.load.Rush;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// One follower of two is dead, or comes and goes, or everybody waits for it: adds that do not need
/// it go on nearly as before.
class DeadFollowerTest {

  private static final int CLIENTS = 32;
  private static final int BLOCKED = 1_000;
  private static final Duration TIME = Duration.ofSeconds(Boolean.getBoolean("long") ? 60 : 3);
  private static final double KEPT = 0.7;
  private static final int ATTEMPTS = 3;

  private final TestCluster cluster = TestCluster.running("dead-follower", settings -> settings);

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void costsThoseWhoDoNotNeedItLittle() {
    rate(2);

    assertThat(kept(this::ratioWhilePaused)).isGreaterThan(KEPT);
    assertThat(kept(this::ratioWhileFlapping)).isGreaterThan(KEPT);
    assertThat(kept(this::ratioWhileKilled)).isGreaterThan(KEPT);
    assertThat(kept(this::ratioWhileManyWait)).isGreaterThan(KEPT / 2);
  }

  private static double kept(DoubleSupplier attempt) {
    List<Double> ratios = new ArrayList<>();
    do {
      ratios.add(attempt.getAsDouble());
    } while (ratios.getLast() < KEPT && ratios.size() < ATTEMPTS);
    System.out.println("one follower down, part of the throughput kept: " + ratios);
    return ratios.stream().mapToDouble(ratio -> ratio).max().orElseThrow();
  }

  private double ratioWhilePaused() {
    double healthy = rate(2);
    cluster.nodes().pause(FOLLOWER_2);
    double paused = rate(2);
    cluster.nodes().unpause(FOLLOWER_2);
    cluster.awaitInSync();
    return paused / healthy;
  }

  private double ratioWhileFlapping() {
    double healthy = rate(2);
    double flapping;
    try (ExecutorService background = Executors.newSingleThreadExecutor()) {
      CompletableFuture<Void> over = new CompletableFuture<>();
      background.execute(() -> flap(over));
      flapping = rate(2);
      over.complete(null);
    }
    cluster.awaitInSync();
    return flapping / healthy;
  }

  private void flap(CompletableFuture<Void> over) {
    while (!over.isDone()) {
      cluster.nodes().pause(FOLLOWER_1);
      pause(over);
      cluster.nodes().unpause(FOLLOWER_1);
      pause(over);
    }
  }

  private static void pause(CompletableFuture<Void> over) {
    over.copy().completeOnTimeout(null, 300, TimeUnit.MILLISECONDS).join();
  }

  private double ratioWhileKilled() {
    double healthy = rate(2);
    cluster.nodes().kill(FOLLOWER_2);
    double alone = rate(2);
    cluster.start(FOLLOWER_2);
    cluster.awaitInSync();
    return alone / healthy;
  }

  private double ratioWhileManyWait() {
    cluster.nodes().kill(FOLLOWER_2);
    cluster.awaitStatus(FOLLOWER_2, "UNHEALTHY");
    double free = rate(1);
    List<CompletableFuture<Reply>> blocked =
        Replies.addMany(cluster.master(), "blocked ", BLOCKED, 3);
    cluster.awaitBlocked(BLOCKED);
    double beside = rate(1);
    cluster.start(FOLLOWER_2);
    assertThat(Replies.now(blocked)).allMatch(reply -> reply.status() == 200);
    cluster.awaitInSync();
    return beside / free;
  }

  private double rate(int concern) {
    Rush.Outcome outcome = Rush.run(cluster.master(), CLIENTS, concern, TIME);
    assertThat(outcome.other() + outcome.refused()).isZero();
    return outcome.perSecond();
  }
}
