package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.history.Attempt;
import io.replog.system.history.Checker;
import io.replog.system.history.History;
import io.replog.system.history.Outcome;
import io.replog.system.history.Sight.Shower;
import io.replog.system.kit.TestCluster;
import io.replog.system.load.FinalLogs;
import io.replog.system.load.Killer;
import io.replog.system.load.Reader;
import io.replog.system.load.Run;
import io.replog.system.load.Writer;
import io.replog.system.load.WriterHabits;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Every node is killed under load, and all at once, and started again: what was acknowledged is
/// there, once, in one order, on as many nodes as it was acknowledged for.
class KillUnderLoadTest {

  private static final List<String> NODES = List.of(MASTER, FOLLOWER_1, FOLLOWER_2);
  private static final int WRITERS = 8;

  /// `-Dreplog.seed=` repeats the choices of a run, though not its timing.
  private final long seed = Long.getLong("replog.seed", System.nanoTime());

  private final History history = new History();
  private final Run run = new Run();
  private final TestCluster cluster = TestCluster.running("kill-under-load", settings -> settings);

  @AfterEach
  void stopCluster() {
    run.end();
    cluster.close();
  }

  @Test
  void keepsEveryPromise() {
    Random random = new Random(seed);
    int kills;
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number = 0; number < WRITERS; number++) {
        clients.execute(
            new Writer(
                "c" + number,
                cluster.master(),
                history,
                new Random(random.nextLong()),
                run,
                WriterHabits.restless(NODES.size())));
      }
      for (String node : NODES) {
        Shower shower = new Shower(node, 0);
        clients.execute(
            Reader.ofLog(() -> shower, cluster.client(node), () -> false, history, run));
      }
      try {
        kills = new Killer(cluster, random, run, history).strikeEach();
      } finally {
        run.end();
      }
    }
    cluster.awaitInSync();
    NODES.forEach(node -> history.add(FinalLogs.of(node, cluster.client(node))));

    assertThat(kills).isEqualTo(6);
    assertThat(history.acknowledged()).isGreaterThan(20);
    assertThat(history.attempts())
        .extracting(Attempt::outcome)
        .filteredOn(Outcome.Refused.class::isInstance)
        .allMatch(refused -> ((Outcome.Refused) refused).status() == 503);
    assertThat(Checker.check(history)).as("-Dreplog.seed=%d", seed).isEmpty();
  }
}
