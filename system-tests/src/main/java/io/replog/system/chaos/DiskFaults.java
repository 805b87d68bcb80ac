package io.replog.system.chaos;

import io.replog.system.disk.CutKind;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// Faults of disks.
final class DiskFaults {

  private DiskFaults() {}

  /// Less is left than a node keeps free, or nothing at all.
  static Fault full(Arena arena, RandomGenerator random) {
    String victim = Targets.one(arena.cluster().names(), random);
    long left = random.nextInt(3) == 0 ? random.nextInt(4) * 64L * 1024 : 32L << 20;
    return new Fault() {
      @Override
      public String begin() {
        arena.cluster().disks().fill(victim, left);
        return "full disk " + victim;
      }

      @Override
      public void end() {
        arena.cluster().disks().release();
      }
    };
  }

  /// Power fails, for one node, several, or all.
  static Fault power(Arena arena, RandomGenerator random) {
    List<String> victims = Targets.some(arena.cluster().names(), random);
    CutKind kind = random.nextInt(4) == 0 ? CutKind.JOURNAL_FLUSHED : CutKind.NOTHING_FLUSHED;
    return () -> {
      arena.cluster().cutPower(victims, kind);
      return "power cut " + String.join(" ", victims);
    };
  }

  /// A follower's disk goes bad. The master's does not at the same time: what both had lost could
  /// not be filled in.
  static Fault rot(Arena arena, RandomGenerator random) {
    String victim = Targets.one(arena.cluster().followers(), random);
    Rot rot = new Rot(random.nextDouble(), random.nextInt(Byte.SIZE));
    return () ->
        rot.strike(arena.cluster().data(victim))
            ? "rot " + victim
            : "rot %s (too little written)".formatted(victim);
  }

  static Fault slowForce(Arena arena, RandomGenerator random) {
    String victim = Targets.one(arena.cluster().names(), random);
    Duration delay = Duration.ofMillis(random.nextInt(50, 1_500));
    return new ForceFault(arena.cluster(), victim, "slow forces " + victim, delay(delay));
  }

  private static String delay(Duration delay) {
    return "delay_enter=" + delay.toNanos() / 1_000;
  }

  static Fault failingForce(Arena arena, RandomGenerator random) {
    String victim = Targets.one(arena.cluster().names(), random);
    String when = "error=EIO:when=" + random.nextInt(1, 20) + "+";
    return new ForceFault(arena.cluster(), victim, "failing force " + victim, when);
  }
}
