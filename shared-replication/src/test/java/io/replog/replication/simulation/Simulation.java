package io.replog.replication.simulation;

import io.replog.replication.master.AddOutcome.AddRefusal;
import io.replog.replication.master.MasterPhase;
import io.replog.replication.master.MemberOutcome;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One run: a cluster, its clients and its nemesis, all drawn from one seed; then everything is
/// mended and must come to agree.
final class Simulation {

  private static final Duration CONVERGENCE_LIMIT = Duration.ofMinutes(5);

  /// How long an operator looks on before lending a hand.
  private static final long OPERATOR_NANOS = 8_000_000_000L;

  private final long seed;
  private final Plan plan;
  private final SimulatedCluster cluster;
  private final Workload workload;
  private final Nemesis nemesis;
  private int lastAdds;

  private Simulation(long seed, Sabotage sabotage, @Nullable Consumer<String> listener) {
    this.seed = seed;
    SplittableRandom random = new SplittableRandom(seed);
    plan = Plan.draw(random.split(), sabotage);
    cluster = new SimulatedCluster(plan, seed ^ 0x5DEECE66DL, listener);
    workload = new Workload(cluster, random.split());
    nemesis = new Nemesis(cluster, random.split());
  }

  /// Runs one seed.
  ///
  /// @param listener gets every event as a line, or null
  /// @return what the run has exercised
  /// @throws InvariantViolated with the seed, the way to repeat it and the last events
  static Coverage run(long seed, Sabotage sabotage, @Nullable Consumer<String> listener) {
    return new Simulation(seed, sabotage, listener).run();
  }

  private Coverage run() {
    try {
      cluster.startAll();
      workload.begin();
      nemesis.begin();
      cluster.run(Duration.ofNanos(plan.runNanos()));
      nemesis.end();
      workload.close();
      cluster.clock().after(OPERATOR_NANOS, this::operate);
      cluster.await("a message gets through", CONVERGENCE_LIMIT, () -> lastAdds > 0);
      cluster.await("everybody has joined again", CONVERGENCE_LIMIT, this::isComplete);
      cluster.awaitConverged(CONVERGENCE_LIMIT);
      checkEveryNode();
      return cluster.coverage();
    } catch (RuntimeException | InvariantViolated e) {
      throw new InvariantViolated(failure(e), e);
    }
  }

  /// What an operator does in the end: restarts a fenced master, has an empty one adopt, empties
  /// followers without which it may not begin, and looks whether a message gets through.
  private void operate() {
    SimulatedMaster master = cluster.master();
    if (master.running() && master.view().phase() == MasterPhase.FENCED) {
      master.kill();
    }
    if (master.running() && master.view().phase() == MasterPhase.NO_LOG) {
      cluster.invariants().onMasterWiped(cluster.highestHeldByFollowers());
      cluster.adopt(_ -> {});
    }
    if (master.running()
        && master.view().phase() == MasterPhase.STARTING
        && master.view().refusal() == AddRefusal.NO_QUORUM) {
      cluster.followersOfNoUse().forEach(cluster::wipe);
    }
    cluster.nodes().forEach(SimulatedNode::start);
    if (master.serves()) {
      cluster.add("after all " + ++lastAdds, 1);
    }
    cluster.followers().stream()
        .map(SimulatedFollower::name)
        .filter(name -> !cluster.isMember(name))
        .findFirst()
        .ifPresent(name -> cluster.join(name, outcome -> emptyUnfit(name, outcome)));
    cluster.clock().after(OPERATOR_NANOS, this::operate);
  }

  /// One that was away for too long begins anew with an empty disk.
  private void emptyUnfit(String name, MemberOutcome outcome) {
    boolean unfit =
        outcome instanceof MemberOutcome.Refused refused
            && refused.refusal() == MemberOutcome.MemberRefusal.UNFIT;
    if (unfit && !cluster.isMember(name)) {
      cluster.wipe(name);
    }
  }

  private boolean isComplete() {
    return cluster.members().size() == cluster.followers().size();
  }

  private void checkEveryNode() {
    if (!plan.isLinear()) {
      return;
    }
    TrueLog log =
        cluster.invariants().trueLog(String.valueOf(cluster.master().disk().entriesLogId()));
    for (SimulatedNode node : cluster.nodes()) {
      boolean equal = log.equalTo(node.disk());
      if (!equal && !(node instanceof SimulatedFollower f && cluster.isLeftOut(f.name()))) {
        throw new InvariantViolated("C10 every node ends with the true log", cluster.describe());
      }
    }
  }

  private String failure(Throwable cause) {
    return """
    seed %d (%s): %s
    plan: %s
    repeat it: mvn -pl shared-replication -am test -Dtest=SimulationTest -Dsimulation.seed=%d \
    -Dsurefire.failIfNoSpecifiedTests=false
    the last events:
    %s\
    """
        .formatted(seed, plan.sabotage(), cause, plan, seed, cluster.trace().tail());
  }
}
