package io.replog.system.load;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;

import io.replog.system.history.History;
import io.replog.system.kit.TestCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Kills nodes without warning at random moments, and starts them again.
public final class Killer {

  private static final List<List<String>> VICTIMS =
      List.of(
          List.of(MASTER),
          List.of(FOLLOWER_1),
          List.of(FOLLOWER_2),
          List.of(MASTER, FOLLOWER_1, FOLLOWER_2));

  private final TestCluster cluster;
  private final Random random;
  private final Run run;
  private final History history;
  private int kills;

  /// @param history of those who write meanwhile
  public Killer(TestCluster cluster, Random random, Run run, History history) {
    this.cluster = cluster;
    this.random = random;
    this.run = run;
    this.history = history;
  }

  /// Strikes each victim once, all of them at once included, in a random order.
  ///
  /// @return how many processes were killed
  public int strikeEach() {
    List<List<String>> order = new ArrayList<>(VICTIMS);
    Collections.shuffle(order, random);
    for (List<String> victims : order) {
      awaitMoreAcknowledged();
      run.pause(Duration.ofMillis(500 + random.nextInt(1_500)));
      strike(victims);
    }
    return kills;
  }

  private void awaitMoreAcknowledged() {
    long before = history.acknowledged();
    TestCluster.await("some more adds", () -> history.acknowledged() >= before + 10);
  }

  private void strike(List<String> victims) {
    if (victims.size() > 1) {
      cluster.nodes().killAll();
    } else {
      victims.forEach(cluster.nodes()::kill);
    }
    kills += victims.size();
    run.pause(Duration.ofMillis(random.nextInt(800)));
    List<String> order = new ArrayList<>(victims);
    Collections.shuffle(order, random);
    cluster.start(order.toArray(String[]::new));
  }
}
