package io.replog.replication.simulation;

import io.replog.replication.master.AdoptOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Breaks things at random moments and mends each a little later. It knows only the faults of its
/// plan.
final class Nemesis {

  private static final long MILLISECOND = 1_000_000;
  private static final long SETTLE_NANOS = 4_000 * MILLISECOND;

  private final SimulatedCluster cluster;
  private final RandomGenerator random;
  private final List<Fault> kinds;

  /// Whether the loss of the master's disk is being played, in which nothing else may fail.
  private boolean alone;

  private boolean ended;

  Nemesis(SimulatedCluster cluster, RandomGenerator random) {
    this.cluster = cluster;
    this.random = random;
    this.kinds = List.copyOf(cluster.plan().kinds());
  }

  /// Plans all faults of the run.
  void begin() {
    for (int n = 0; n < cluster.plan().faults(); n++) {
      cluster.clock().after(random.nextLong(cluster.plan().runNanos()), this::breakSomething);
    }
    supervise();
  }

  /// Starts what ended by itself.
  private void supervise() {
    if (!alone) {
      cluster.nodes().forEach(SimulatedNode::start);
    }
    later(4_000, this::supervise);
  }

  /// Mends everything that is broken, and breaks nothing any more. A second master is gone for
  /// good.
  void end() {
    ended = true;
    mendAll();
    SimulatedMaster second = cluster.secondMaster();
    if (second != null) {
      second.cutPower();
    }
  }

  private void mendAll() {
    cluster.heal();
    for (SimulatedNode node : cluster.nodes()) {
      node.disk().failNoForce();
      node.resume();
      node.start();
      node.diskFull(false);
    }
  }

  private void breakSomething() {
    if (!alone && !ended) {
      cluster.coverage().count(Covered.FAULTS);
      Fault fault = kinds.get(random.nextInt(kinds.size()));
      cluster.trace().add("nemesis", fault.name(), null);
      apply(fault);
    }
  }

  private void apply(Fault fault) {
    switch (fault) {
      case KILL -> kill(anyNode());
      case POWER_CUT -> cutPower(anyNode());
      case KILL_ALL -> atOnce(this::kill);
      case POWER_CUT_ALL -> atOnce(this::cutPower);
      case STOP -> stop(anyNode());
      case PAUSE -> pause(anyNode());
      case PARTITION -> partition(true);
      case ONE_WAY_PARTITION -> partition(false);
      case ISOLATE_MASTER -> isolateMaster();
      case CUT_OFF_CLIENTS -> cut(Clients.NAME, SimulatedCluster.MASTER, random.nextBoolean());
      case STORM -> storm();
      case FORCE_FAILURE -> failForce(anyNode());
      case DISK_FULL -> fillDisk(anyNode());
      case WIPE_FOLLOWER -> wipeFollower();
      case DELAY -> delay();
      case WIPE_MASTER -> loseMastersDisk();
      case EMPTY_MASTER -> secondMaster(false);
      case COPIED_MASTER -> secondMaster(true);
      case BIT_ROT -> rotSomething();
      case RELEASE -> cluster.master().releaseSome();
      case MEMBERS -> changeMembers();
    }
  }

  /// Lets a member leave, or one that has left join again, now and then with an empty disk.
  private void changeMembers() {
    List<SimulatedFollower> followers = cluster.followers();
    if (followers.isEmpty()) {
      return;
    }
    SimulatedFollower follower = followers.get(random.nextInt(followers.size()));
    if (cluster.isMember(follower.name())) {
      cluster.leave(follower.name());
      later(6_000, () -> cluster.join(follower.name()));
    } else {
      if (random.nextInt(4) == 0 && cluster.nodes().stream().allMatch(n -> n.disk().isWhole())) {
        cluster.wipe(follower.name());
        startLater(follower);
      }
      cluster.join(follower.name());
    }
  }

  private SimulatedNode anyNode() {
    List<SimulatedNode> nodes = cluster.nodes();
    return random.nextInt(3) == 0 ? nodes.getFirst() : nodes.get(random.nextInt(nodes.size()));
  }

  private void kill(SimulatedNode node) {
    cluster.coverage().count(Covered.KILLS);
    node.kill();
    startLater(node);
  }

  private void cutPower(SimulatedNode node) {
    cluster.coverage().count(Covered.POWER_CUTS);
    node.cutPower();
    startLater(node);
  }

  private void atOnce(Consumer<SimulatedNode> end) {
    cluster.coverage().count(Covered.TOTAL_OUTAGES);
    cluster.nodes().forEach(end);
  }

  private void stop(SimulatedNode node) {
    cluster.coverage().count(Covered.GRACEFUL_STOPS);
    node.stop();
    startLater(node);
  }

  private void startLater(SimulatedNode node) {
    later(
        random.nextInt(3) == 0 ? 20 : 3_000,
        () -> {
          if (!alone) {
            node.start();
          }
          if (!node.running()) {
            startLater(node);
          }
        });
  }

  private void pause(SimulatedNode node) {
    cluster.coverage().count(Covered.PAUSES);
    node.pause();
    later(6_000, node::resume);
  }

  private void partition(boolean bothWays) {
    List<SimulatedFollower> followers = cluster.followers();
    if (!followers.isEmpty()) {
      String follower = followers.get(random.nextInt(followers.size())).name();
      boolean towards = random.nextBoolean();
      String master =
          cluster.secondMaster() != null && random.nextBoolean()
              ? SimulatedCluster.SECOND_MASTER
              : SimulatedCluster.MASTER;
      cut(towards ? master : follower, towards ? follower : master, bothWays);
    }
  }

  private void isolateMaster() {
    for (SimulatedFollower follower : cluster.followers()) {
      cut(SimulatedCluster.MASTER, follower.name(), true);
    }
  }

  private void cut(String from, String to, boolean bothWays) {
    cluster.coverage().count(Covered.PARTITIONS);
    cluster.network().cut(from, to);
    if (bothWays) {
      cluster.network().cut(to, from);
    }
    later(
        5_000,
        () -> {
          cluster.network().mend(from, to);
          cluster.network().mend(to, from);
        });
  }

  private void storm() {
    long maximum = random.nextLong(1, 400) * MILLISECOND;
    cluster
        .network()
        .weather(
            new NetworkWeather(
                100_000,
                100_000 + maximum,
                random.nextDouble() * 0.4,
                random.nextDouble() * 0.4,
                random.nextDouble() * 0.2,
                random.nextDouble() * 0.5));
    later(3_000, this::calmDown);
  }

  private void calmDown() {
    if (!ended) {
      cluster.network().weather(cluster.plan().weather());
    }
  }

  private void failForce(SimulatedNode node) {
    node.disk().failNextForce();
  }

  private void fillDisk(SimulatedNode node) {
    cluster.coverage().count(Covered.DISKS_FULL);
    node.diskFull(true);
    later(3_000, () -> node.diskFull(false));
  }

  /// Damages entries of one node that another whole node holds too. One node at a time: what two
  /// disks lose at once may be gone. Where two masters may write, only a follower: its master's
  /// word decides then.
  private void rotSomething() {
    SimulatedNode node = cluster.plan().hasSecondMaster() ? anyFollower() : anyNode();
    if (node == null || cluster.nodes().stream().anyMatch(each -> !each.disk().isWhole())) {
      return;
    }
    long copied =
        cluster.nodes().stream()
            .filter(other -> !other.equals(node))
            .mapToLong(other -> commonEnd(node.disk(), other.disk()))
            .max()
            .orElse(0);
    if (copied > 0) {
      cluster
          .coverage()
          .count(
              node instanceof SimulatedMaster ? Covered.ROTTEN_MASTERS : Covered.ROTTEN_FOLLOWERS);
      long last = copied - (random.nextBoolean() ? 0 : random.nextLong(copied));
      node.rot(Math.max(1, last - random.nextInt(6)), last);
    }
  }

  private @Nullable SimulatedNode anyFollower() {
    List<SimulatedFollower> followers = cluster.followers();
    return followers.isEmpty() ? null : followers.get(random.nextInt(followers.size()));
  }

  /// Up to where both hold the same; 0 when their common end differs.
  private static long commonEnd(SimulatedDisk one, SimulatedDisk other) {
    long end = Math.min(one.held(), other.held());
    boolean same = end > 0 && one.positionAt(end).equals(other.positionAt(end));
    return same && Objects.equals(one.entriesLogId(), other.entriesLogId()) ? end : 0;
  }

  private void wipeFollower() {
    List<SimulatedFollower> followers = cluster.followers();
    if (!followers.isEmpty() && cluster.nodes().stream().allMatch(n -> n.disk().isWhole())) {
      SimulatedFollower follower = followers.get(random.nextInt(followers.size()));
      cluster.wipe(follower.name());
      startLater(follower);
    }
  }

  private void delay() {
    for (SimulatedFollower follower : cluster.followers()) {
      follower.delay(random.nextInt(3) == 0 ? 0 : random.nextLong(800) * MILLISECOND);
    }
  }

  private void secondMaster(boolean copied) {
    if (cluster.secondMaster() == null) {
      cluster.coverage().count(Covered.SECOND_MASTERS);
      cluster.startSecondMaster(copied);
    }
  }

  /// Everything is mended and settles; then the master's disk is lost, and an operator has it adopt
  /// what the followers hold.
  private void loseMastersDisk() {
    if (cluster.followers().isEmpty()) {
      return;
    }
    alone = true;
    mendAll();
    long settle = SETTLE_NANOS + longestDelayNanos();
    cluster.clock().after(settle, () -> endMaster(settle));
  }

  private void endMaster(long settleNanos) {
    mendAll();
    cluster.master().kill();
    cluster.clock().after(settleNanos, this::wipeMaster);
  }

  private void wipeMaster() {
    boolean ready =
        !ended
            && !cluster.members().isEmpty()
            && cluster.followers().stream().allMatch(SimulatedNode::running);
    if (ready) {
      cluster.wipe(SimulatedCluster.MASTER);
    }
    cluster.master().start();
    if (ready) {
      adoptUntilServing();
    } else {
      alone = false;
    }
  }

  /// An operator's patience: asks once in a while until the master serves again.
  private void adoptUntilServing() {
    if (cluster.master().serves()) {
      alone = false;
    } else {
      cluster.adopt((AdoptOutcome outcome) -> cluster.trace().add("operator", "told", outcome));
      cluster.clock().after(1_000 * MILLISECOND, this::adoptUntilServing);
    }
  }

  private long longestDelayNanos() {
    return cluster.followers().stream()
        .mapToLong(SimulatedFollower::delayNanos)
        .max()
        .orElse(Duration.ZERO.toNanos());
  }

  private void later(long mostMillis, Runnable action) {
    cluster.clock().after(random.nextLong(1, mostMillis + 1) * MILLISECOND, action);
  }
}
