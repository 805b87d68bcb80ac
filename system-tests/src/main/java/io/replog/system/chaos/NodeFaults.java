package io.replog.system.chaos;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// Faults of whole nodes.
final class NodeFaults {

  private static final List<Duration> JUMPS =
      List.of(
          Duration.ofHours(1),
          Duration.ofHours(-2),
          Duration.ofSeconds(-30),
          Duration.ofDays(3650),
          Duration.ofDays(-3650));

  private NodeFaults() {}

  static Fault kill(Arena arena, RandomGenerator random) {
    List<String> victims = Targets.some(arena.cluster().names(), random);
    return () -> {
      arena.cluster().kill(victims);
      return "kill " + String.join(" ", victims);
    };
  }

  static Fault pause(Arena arena, RandomGenerator random) {
    List<String> victims = Targets.some(arena.cluster().names(), random);
    return () -> {
      victims.stream().filter(arena.cluster()::isRunning).forEach(arena.cluster().nodes()::pause);
      return "pause " + String.join(" ", victims);
    };
  }

  static Fault wipe(Arena arena, RandomGenerator random) {
    String victim = Targets.one(arena.cluster().followers(), random);
    return () -> {
      arena.cluster().empty(victim);
      return "wipe " + victim;
    };
  }

  static Fault clock(Arena arena, RandomGenerator random) {
    List<String> victims = Targets.some(arena.cluster().names(), random);
    Duration jump = Targets.one(JUMPS, random);
    return () -> {
      victims.forEach(victim -> arena.cluster().clocks().jump(victim, jump));
      return "clock %+d s %s".formatted(jump.toSeconds(), String.join(" ", victims));
    };
  }
}
