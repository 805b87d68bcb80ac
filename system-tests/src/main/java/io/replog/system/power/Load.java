package io.replog.system.power;

import io.replog.system.history.Attempt;
import io.replog.system.history.Checker;
import io.replog.system.history.History;
import io.replog.system.history.Sight;
import io.replog.system.history.Sight.Asked;
import io.replog.system.history.Sight.Shower;
import io.replog.system.history.Violation;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import io.replog.system.load.FinalLogs;
import io.replog.system.load.Run;
import io.replog.system.load.Writer;
import io.replog.system.load.WriterHabits;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Clients that add messages with every write concern for as long as a round goes on, and what they
/// have seen.
final class Load implements AutoCloseable {

  private static final int WRITERS = 6;
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(10);

  private final TestCluster cluster;
  private final List<String> nodes;
  private final History history = new History();
  private final Run run = new Run();
  private final List<Thread> writers = new ArrayList<>();

  /// Whether the master's disk is away just now, so that it has to fail.
  private volatile boolean masterFails;

  Load(TestCluster cluster, List<String> nodes, Random random) {
    this.cluster = cluster;
    this.nodes = nodes;
    WriterHabits habits =
        new WriterHabits(nodes.size(), LONGEST_PAUSE, 3, () -> false, () -> masterFails);
    for (int number = 0; number < WRITERS; number++) {
      Random choices = new Random(random.nextLong());
      Writer writer = new Writer("c" + number, cluster.master(), history, choices, run, habits);
      writers.add(Thread.ofVirtual().name("writer-" + number).start(writer));
    }
  }

  /// Everything that was tried so far.
  List<Attempt> attempts() {
    return history.attempts();
  }

  long acknowledged() {
    return history.acknowledged();
  }

  /// Until it is writable again, the master may answer that it has failed.
  void expectFailureOfMaster(boolean fails) {
    masterFails = fails;
  }

  /// Reads everything that the node shows; nothing when it does not answer.
  List<String> look(String node) {
    long invoked = System.nanoTime();
    try {
      Reply reply = cluster.client(node).get("/messages");
      if (reply.status() != 200) {
        return List.of();
      }
      Sight sight = sight(node, invoked, reply);
      history.add(sight);
      return sight.texts();
    } catch (UncheckedIOException _) {
      return List.of();
    }
  }

  private static Sight sight(String node, long invoked, Reply reply) {
    return new Sight(
        new Shower(node, 0),
        Asked.EVERYTHING,
        invoked,
        System.nanoTime(),
        reply.texts(),
        reply.index());
  }

  /// Ends the load, lets the nodes come to rest, and judges everything that happened.
  List<Violation> judge() {
    close();
    cluster.awaitInSync();
    nodes.forEach(node -> history.add(FinalLogs.of(node, cluster.client(node))));
    return Checker.check(history);
  }

  @Override
  public void close() {
    run.end();
    try {
      for (Thread writer : writers) {
        writer.join();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
