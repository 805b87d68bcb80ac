package io.replog.system.chaos;

import io.replog.system.kit.Programs;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// The kinds of faults that the nemesis can choose from.
public enum FaultKind {
  /// SIGKILL of one node, of several, of all.
  KILL(NodeFaults::kill),
  /// SIGSTOP and SIGCONT of one node, of several, of all.
  PAUSE(NodeFaults::pause),
  /// A follower's disk is emptied.
  WIPE(NodeFaults::wipe),
  /// A link is silent in both directions.
  PARTITION(LinkFaults::partition),
  /// Requests, or answers, do not arrive.
  ONE_WAY(LinkFaults::oneWay),
  /// A link is slow.
  SLOW(LinkFaults::slow),
  /// Connections are reset, or end in the middle of a message.
  CUT(LinkFaults::cut),
  /// Packets get lost in the kernel.
  PACKETS(PacketFaults::of, PacketFaults::arePossible, "root, nft and unshare"),
  /// Wall clocks jump.
  CLOCK(NodeFaults::clock, () -> Clocks.library().isPresent(), "package faketime"),
  /// Every keyed add is sent three times, once by a client that hangs up.
  STORM(LoadFaults::storm),
  /// Ten times as many clients.
  OVERLOAD(LoadFaults::overload),
  /// A disk becomes full.
  FULL_DISK(DiskFaults::full, SmallDisks::arePossible, FaultKind.DISKS_NEED),
  /// Forces take long.
  SLOW_FORCE(DiskFaults::slowForce, () -> Programs.isThere("strace"), "package strace"),
  /// A force fails; the node has to end, and is started again.
  FAILING_FORCE(DiskFaults::failingForce, () -> Programs.isThere("strace"), "package strace"),
  /// The power of one node's disk fails, of several, of all: what was not forced is gone.
  POWER(DiskFaults::power, SmallDisks::arePossible, FaultKind.DISKS_NEED),
  /// A bit turns in the log of a follower.
  ROT(DiskFaults::rot);

  private static final String DISKS_NEED = "root, mkfs.ext4, xfs_io and loop devices";

  private final BiFunction<Arena, RandomGenerator, Fault> factory;
  private final BooleanSupplier possible;
  private final String needs;

  FaultKind(BiFunction<Arena, RandomGenerator, Fault> factory) {
    this(factory, () -> true, "");
  }

  FaultKind(
      BiFunction<Arena, RandomGenerator, Fault> factory, BooleanSupplier possible, String needs) {
    this.factory = factory;
    this.possible = possible;
    this.needs = needs;
  }

  /// A fault of this kind; targets and strength are drawn from `random`.
  Fault create(Arena arena, RandomGenerator random) {
    return factory.apply(arena, random);
  }

  /// What this machine lacks for it; empty when it lacks nothing.
  Optional<String> missing() {
    return possible.getAsBoolean() ? Optional.empty() : Optional.of(needs);
  }

  /// Whether both can be at work at once: a process that is traced cannot be seen to be paused, and
  /// on a disk that was just emptied everything is new.
  boolean getsAlongWith(FaultKind other) {
    return !(this == ROT && other == WIPE)
        && !(this == WIPE && other == ROT)
        && !(isTraced() && (other == PAUSE || other.isTraced()))
        && !(this == PAUSE && other.isTraced());
  }

  private boolean isTraced() {
    return this == SLOW_FORCE || this == FAILING_FORCE;
  }

  /// As people write it: `full-disk`.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Reads a list such as `kill,pause`.
  ///
  /// @throws IllegalArgumentException naming the word that is no fault
  static Set<FaultKind> read(List<String> words) {
    Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
    words.forEach(word -> kinds.add(of(word)));
    return kinds;
  }

  private static FaultKind of(String word) {
    return Arrays.stream(values())
        .filter(kind -> kind.label().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no fault '%s'; the faults are: %s".formatted(word, labels())));
  }

  static String labels() {
    return Arrays.stream(values()).map(FaultKind::label).collect(Collectors.joining(", "));
  }
}
