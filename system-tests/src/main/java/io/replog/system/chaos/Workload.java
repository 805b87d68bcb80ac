package io.replog.system.chaos;

import io.replog.client.cluster.NodeSpec;
import io.replog.system.history.History;
import io.replog.system.history.Sight.Shower;
import io.replog.system.kit.NodeClient;
import io.replog.system.load.Listener;
import io.replog.system.load.Reader;
import io.replog.system.load.Run;
import io.replog.system.load.Writer;
import io.replog.system.load.WriterHabits;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// The clients: those that add, and on each node some that read. Everything they do is in the
/// history.
final class Workload implements AutoCloseable {

  /// How long an answer may take before a client gives up. Pauses are shorter than that, and
  /// longer.
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private static final Duration CONNECTING = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(80);
  private static final int CROWD = 10;

  private final ChaosCluster cluster;
  private final History history;
  private final RandomGenerator random;
  private final int clients;
  private final Run run = new Run();
  private final HttpClient http = NodeClient.connections(CONNECTING);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> tasks = new ArrayList<>();
  private volatile boolean stormy;
  private volatile Run crowd = new Run();
  private int crowds;

  Workload(ChaosCluster cluster, History history, RandomGenerator random, int clients) {
    this.cluster = cluster;
    this.history = history;
    this.random = random;
    this.clients = clients;
  }

  void start() {
    for (int number = 1; number <= clients; number++) {
      startWriter("w" + number, run, LONGEST_PAUSE, 3);
    }
    for (String node : cluster.names()) {
      NodeClient client = client(node);
      Supplier<Shower> shower = () -> cluster.shower(node);
      BooleanSupplier fails = () -> cluster.isDoomed(node);
      start(Reader.ofLog(shower, client, fails, history, run));
      start(Reader.ofMajority(shower, client, fails, history, run));
      start(Reader.ofNewest(shower, client, fails, history, run));
      start(new Listener(node, client, fails, history, split(), run));
      start(new Listener(node, client, fails, history, split(), run));
    }
  }

  private void startWriter(String name, Run until, Duration longestPause, int keyed) {
    int size = cluster.names().size();
    WriterHabits habits =
        new WriterHabits(
            size, longestPause, keyed, () -> stormy, () -> cluster.isDoomed(NodeSpec.MASTER));
    start(new Writer(name, client(NodeSpec.MASTER), history, split(), until, habits));
  }

  private void start(Runnable task) {
    tasks.add(threads.submit(task));
  }

  private RandomGenerator split() {
    return new Random(random.nextLong());
  }

  private NodeClient client(String node) {
    return new NodeClient(cluster.nodes().url(node), http, PATIENCE);
  }

  /// Whether keyed adds are sent three times, one of them by a client that hangs up.
  void storm(boolean on) {
    stormy = on;
  }

  /// Ten times as many clients, none of which pauses, until [#endCrowd].
  void startCrowd() {
    crowd = new Run();
    crowds++;
    for (int number = 1; number <= clients * CROWD; number++) {
      startWriter("x%d.%d".formatted(crowds, number), crowd, Duration.ZERO, 1);
    }
  }

  void endCrowd() {
    crowd.end();
  }

  /// Ends all clients and waits for their last answers.
  ///
  /// @throws IllegalStateException when one of them has failed, which is a mistake of the suite
  @Override
  public void close() {
    run.end();
    crowd.end();
    threads.close();
    http.shutdownNow();
    for (Future<?> task : tasks) {
      requireEnded(task);
    }
  }

  private static void requireEnded(Future<?> task) {
    try {
      task.get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a client of the suite failed", failed.getCause());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
