package io.replog.system.chaos;

import io.replog.client.cluster.Awaiting;
import io.replog.client.cluster.NodeSpec;
import io.replog.system.history.Attempt;
import io.replog.system.history.Checker;
import io.replog.system.history.Drain;
import io.replog.system.history.FinalLog;
import io.replog.system.history.History;
import io.replog.system.history.Outcome.Acknowledged;
import io.replog.system.history.Resources;
import io.replog.system.history.Resources.Usage;
import io.replog.system.kit.NodeClient;
import io.replog.system.kit.Reply;
import io.replog.system.load.FinalLogs;
import io.replog.system.load.LastReads;
import io.replog.system.load.Run;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One run from an empty cluster to a verdict: start, torment under load, heal, wait until all
/// nodes hold the same, read everything, judge.
final class ChaosRun {

  /// How long the last add may take before it is sent again.
  private static final Duration CALL_LIMIT = Duration.ofSeconds(20);

  /// How long a node may take to fill in what it finds damaged when it is read in the end.
  private static final Duration HEAL_LIMIT = Duration.ofSeconds(30);

  /// How long a node may hold on to what its clients have left behind.
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(90);

  private final ChaosSettings settings;
  private final PrintStream out;
  private final Random random;
  private final History history = new History();

  /// @param out progress, for whoever watches
  ChaosRun(ChaosSettings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
    this.random = new Random(settings.seed());
  }

  /// Runs and judges. Everything that was started is gone when this returns.
  ChaosReport run() {
    Plan plan = Plan.draw(random, settings.length(), settings.kinds().stream().sorted().toList());
    try (ChaosCluster cluster = new ChaosCluster(settings, random)) {
      cluster.start();
      Map<String, Usage> before = usage(cluster);
      Map<FaultKind, Integer> faults = torment(cluster, plan);
      if (cluster.disks().wasFilled(NodeSpec.MASTER)) {
        history.masterDiskFilled();
      }
      drain(cluster);
      cluster.names().forEach(node -> readLast(cluster, node));
      cluster.endings().forEach(history::add);
      before.forEach((node, usage) -> settle(cluster, node, usage));
      return new ChaosReport(settings, history, faults, Checker.check(history));
    }
  }

  /// Faults and clients at once, until the plan is carried out and every node is started again.
  private Map<FaultKind, Integer> torment(ChaosCluster cluster, Plan plan) {
    Run watching = new Run();
    try (Workload workload = new Workload(cluster, history, random, settings.clients())) {
      Nemesis nemesis = new Nemesis(new Arena(cluster, workload));
      workload.start();
      Thread.ofVirtual().start(new Progress(out, history, nemesis::words, watching));
      nemesis.carryOut(plan, settings.length());
      return nemesis.counts();
    } finally {
      watching.end();
    }
  }

  /// Waits until one more message, asked of all nodes, is acknowledged and everybody holds
  /// everything.
  private void drain(ChaosCluster cluster) {
    long start = System.nanoTime();
    boolean converged =
        Awaiting.until(() -> addsLast(cluster), settings.drainLimit())
            && Awaiting.until(() -> isAtRest(cluster), left(start));
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    boolean inTime = taken.compareTo(settings.drainLimit()) <= 0;
    history.drained(new Drain(taken, converged && inTime));
    out.printf("drained in %.1f s%n", ChaosReport.seconds(taken));
  }

  private Duration left(long startNanos) {
    return settings.drainLimit().minusNanos(System.nanoTime() - startNanos);
  }

  private boolean addsLast(ChaosCluster cluster) {
    cluster.startDead();
    long invoked = System.nanoTime();
    int all = settings.nodes();
    try {
      Reply reply =
          client(cluster, NodeSpec.MASTER)
              .within(CALL_LIMIT)
              .add("the last one", all, "Idempotency-Key", "last");
      if (reply.status() != 200) {
        return false;
      }
      Acknowledged outcome =
          new Acknowledged(reply.index(), (int) reply.number("Replication-Acks"));
      history.add(new Attempt("last", "the last one", all, invoked, System.nanoTime(), outcome));
      return true;
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  private static boolean isAtRest(ChaosCluster cluster) {
    cluster.startDead();
    try {
      return cluster.isInSync();
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  private void readLast(ChaosCluster cluster, String node) {
    FinalLog log = finalLog(cluster, node);
    history.add(log);
    LastReads.of(cluster.shower(node), client(cluster, node), history, log.records().size());
  }

  /// A node may find out only now that its disk has gone bad, and heal. One that cannot be read all
  /// the same has lost everything, as far as anybody can see.
  private FinalLog finalLog(ChaosCluster cluster, String node) {
    AtomicReference<FinalLog> log = new AtomicReference<>();
    Awaiting.until(() -> read(cluster, node, log), HEAL_LIMIT);
    return log.get();
  }

  private static boolean read(ChaosCluster cluster, String node, AtomicReference<FinalLog> log) {
    try {
      log.set(FinalLogs.of(node, client(cluster, node)));
      return true;
    } catch (UncheckedIOException broken) {
      log.set(new FinalLog(node, List.of(), "cannot be read: " + broken.getCause()));
      return false;
    }
  }

  private static NodeClient client(ChaosCluster cluster, String node) {
    return new NodeClient(cluster.nodes().url(node));
  }

  private static Map<String, Usage> usage(ChaosCluster cluster) {
    return ResourceMeter.isPossible()
        ? cluster.names().stream()
            .collect(Collectors.toMap(Function.identity(), node -> usage(cluster, node)))
        : Map.of();
  }

  private static Usage usage(ChaosCluster cluster, String node) {
    return ResourceMeter.of(cluster.nodes().pid(node));
  }

  /// A node that is gone uses nothing; what that breaks is found elsewhere.
  private void settle(ChaosCluster cluster, String node, Usage before) {
    if (!cluster.nodes().state(node).isAlive()) {
      return;
    }
    Awaiting.until(
        () -> new Resources(node, before, usage(cluster, node)).excess().isEmpty(), SETTLE_LIMIT);
    history.add(new Resources(node, before, usage(cluster, node)));
  }
}
