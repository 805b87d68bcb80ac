package io.replog.replication.simulation;

import io.replog.model.FsyncMode;
import io.replog.model.Member;
import io.replog.replication.master.MasterSettings;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Everything about a run that is decided before it begins.
///
/// @param followers 0 to 4
/// @param fsync `NEVER` is not simulated; `INTERVAL` promises nothing about power cuts
/// @param startNanos first moment of virtual time
/// @param standingsNanos,bootstrapNanos,heartbeatNanos as in the master's settings
/// @param weather of the network in ordinary times
/// @param readFailure probability that a batch cannot be read from the log
/// @param adds how many messages the clients try to add
/// @param faults how many faults the nemesis tries
/// @param runNanos how long the clients and the nemesis are at it
/// @param longestDelayNanos of the artificial delays
record Plan(
    int followers,
    FsyncMode fsync,
    boolean quorumAppend,
    long startNanos,
    long standingsNanos,
    long bootstrapNanos,
    long heartbeatNanos,
    int maxUndurableEntries,
    int window,
    int maxBatchEntries,
    int maxHeldEntries,
    long maxForceNanos,
    NetworkWeather weather,
    double readFailure,
    Set<Fault> kinds,
    int adds,
    int faults,
    long runNanos,
    long longestDelayNanos,
    Sabotage sabotage) {

  /// With these a disk is gone for good; a second one must not be damaged then.
  private static final Set<Fault> LOSSES = EnumSet.of(Fault.WIPE_MASTER, Fault.EMPTY_MASTER);

  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000 * MILLISECOND;

  /// A fair world without faults, with the settings of the contract, on a clock that is negative.
  static Plan calm(int followers, Fault... kinds) {
    return new Plan(
        followers,
        FsyncMode.ALWAYS,
        false,
        -3_600 * SECOND,
        2 * SECOND,
        10 * SECOND,
        500 * MILLISECOND,
        10_000,
        4,
        1_024,
        1_024,
        MILLISECOND,
        NetworkWeather.FAIR,
        0,
        Set.of(kinds),
        0,
        0,
        0,
        0,
        Sabotage.NONE);
  }

  static Plan draw(RandomGenerator random, Sabotage sabotage) {
    Set<Fault> kinds = EnumSet.noneOf(Fault.class);
    for (Fault fault : Fault.values()) {
      if (random.nextDouble() < fault.frequency(sabotage)) {
        kinds.add(fault);
      }
    }
    if (kinds.contains(Fault.COPIED_MASTER) || kinds.contains(Fault.EMPTY_MASTER)) {
      kinds.remove(Fault.WIPE_MASTER);
    }
    if (kinds.contains(Fault.COPIED_MASTER)) {
      kinds.remove(Fault.EMPTY_MASTER);
    }
    boolean interval = sabotage == Sabotage.NONE && random.nextInt(20) == 0;
    if (interval) {
      kinds.remove(Fault.WIPE_MASTER);
    }
    if (sabotage.concernsDamage()) {
      kinds.removeAll(LOSSES);
    } else if (interval || !Collections.disjoint(kinds, LOSSES)) {
      kinds.remove(Fault.BIT_ROT);
    }
    if (kinds.contains(Fault.COPIED_MASTER) || kinds.contains(Fault.BIT_ROT)) {
      kinds.remove(Fault.RELEASE);
    }
    if (kinds.contains(Fault.COPIED_MASTER) || kinds.contains(Fault.EMPTY_MASTER)) {
      kinds.remove(Fault.MEMBERS);
    }
    if (kinds.isEmpty()) {
      kinds.add(Fault.POWER_CUT);
    }
    return new Plan(
        followersOf(random, sabotage),
        interval ? FsyncMode.INTERVAL : FsyncMode.ALWAYS,
        random.nextInt(4) == 0,
        startOf(random),
        random.nextLong(100, 2_000) * MILLISECOND,
        random.nextLong(1_000, 10_000) * MILLISECOND,
        500 * MILLISECOND,
        random.nextInt(5) == 0 ? random.nextInt(1, 8) : 10_000,
        random.nextInt(1, 5),
        1 << random.nextInt(8),
        random.nextInt(3) == 0 ? random.nextInt(0, 6) : 1_024,
        random.nextInt(8) == 0 ? 300 * MILLISECOND : random.nextLong(1, 12) * MILLISECOND,
        weatherOf(random),
        random.nextInt(4) == 0 ? 0.02 : 0,
        kinds,
        220,
        30,
        random.nextLong(12, 25) * SECOND,
        random.nextInt(3) == 0 ? random.nextLong(1, 2_000) * MILLISECOND : 0,
        sabotage);
  }

  private static int followersOf(RandomGenerator random, Sabotage sabotage) {
    int[] sizes = {0, 1, 1, 2, 2, 2, 2, 2, 2, 2, 3, 3, 4, 4};
    int followers = sizes[random.nextInt(sizes.length)];
    return sabotage == Sabotage.NONE ? followers : Math.max(1, followers);
  }

  private static long startOf(RandomGenerator random) {
    return switch (random.nextInt(3)) {
      case 0 -> -random.nextLong(20 * SECOND);
      case 1 -> random.nextLong(20 * SECOND);
      default -> Long.MAX_VALUE / 4;
    };
  }

  private static NetworkWeather weatherOf(RandomGenerator random) {
    if (random.nextInt(3) == 0) {
      return NetworkWeather.FAIR;
    }
    double loss = random.nextDouble() * 0.1;
    long minimum = random.nextLong(50_000, MILLISECOND);
    long maximum = minimum + random.nextLong(1, random.nextInt(3) == 0 ? 200 : 10) * MILLISECOND;
    return new NetworkWeather(
        minimum,
        maximum,
        loss,
        random.nextDouble() * 0.1,
        random.nextDouble() * 0.05,
        random.nextDouble() * 0.1);
  }

  /// Whether durable means forced.
  boolean forces() {
    return fsync == FsyncMode.ALWAYS;
  }

  /// Whether two masters may append to the same log without knowing of each other.
  boolean mayFork() {
    return kinds.contains(Fault.COPIED_MASTER);
  }

  boolean hasSecondMaster() {
    return mayFork() || kinds.contains(Fault.EMPTY_MASTER);
  }

  /// Whether each log has one history that every node must share.
  boolean isLinear() {
    return forces() && !mayFork();
  }

  SimulatedDisk.Manner diskManner(boolean ofFollower) {
    boolean early =
        (sabotage == Sabotage.ACKNOWLEDGED_BEFORE_FORCE && ofFollower)
            || (sabotage == Sabotage.SENT_BEFORE_FORCE && !ofFollower)
            || fsync != FsyncMode.ALWAYS;
    return new SimulatedDisk.Manner(
        maxForceNanos / 10,
        maxForceNanos,
        forces(),
        early,
        sabotage == Sabotage.FORCES_SKIPPED,
        sabotage != Sabotage.PROMISE_NOT_PERSISTED,
        sabotage != Sabotage.CHECKSUMS_IGNORED,
        sabotage != Sabotage.JOIN_UNCHECKED);
  }

  MasterSettings masterSettings(String startId, List<Member> followers) {
    MasterSettings defaults =
        MasterSettings.defaults(
            SimulatedCluster.CLUSTER_ID, startId, followers, fsync, quorumAppend, false, 64 << 20);
    return new MasterSettings(
        defaults.clusterId(),
        defaults.startId(),
        defaults.followers(),
        defaults.fsync(),
        defaults.quorumAppend(),
        defaults.bootstrapAlone(),
        standingsNanos,
        bootstrapNanos,
        heartbeatNanos,
        maxUndurableEntries,
        defaults.maxUndurableBytes(),
        window,
        defaults.maxWindow(),
        defaults.maxInFlightBytes(),
        maxBatchEntries,
        defaults.maxBatchBytes(),
        sabotage == Sabotage.KEYS_NOT_KEPT ? 1 : defaults.idempotencyEntries());
  }
}
