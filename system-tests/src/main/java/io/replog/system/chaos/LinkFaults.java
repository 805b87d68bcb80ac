package io.replog.system.chaos;

import io.replog.system.link.Weather;
import io.replog.system.link.Weather.Cut;
import io.replog.system.link.Weather.Passage;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// Faults of the links between the master and its followers. [ChaosCluster#heal] ends them.
final class LinkFaults {

  private LinkFaults() {}

  static Fault partition(Arena arena, RandomGenerator random) {
    Passage passage = random.nextBoolean() ? Passage.STALLED : Passage.SWALLOWED;
    return weather(arena, random, "partition", Weather.passing(passage, passage));
  }

  static Fault oneWay(Arena arena, RandomGenerator random) {
    Passage passage = random.nextBoolean() ? Passage.STALLED : Passage.SWALLOWED;
    return random.nextBoolean()
        ? weather(arena, random, "no requests to", Weather.passing(passage, Passage.OPEN))
        : weather(arena, random, "no answers of", Weather.passing(Passage.OPEN, passage));
  }

  static Fault slow(Arena arena, RandomGenerator random) {
    Duration delay = Duration.ofMillis(random.nextInt(20, 600));
    int bytesPerSecond = random.nextInt(2_000, 200_000);
    return weather(arena, random, "slow", Weather.slow(delay, bytesPerSecond));
  }

  static Fault cut(Arena arena, RandomGenerator random) {
    Cut cut = random.nextBoolean() ? Cut.RESET : Cut.HALF_CLOSE;
    String name = cut == Cut.RESET ? "reset" : "truncate";
    return weather(arena, random, name, Weather.cutting(cut, random.nextInt(200, 20_000)));
  }

  private static Fault weather(Arena arena, RandomGenerator random, String name, Weather weather) {
    List<String> victims = Targets.some(arena.cluster().followers(), random);
    return () -> {
      victims.forEach(victim -> arena.cluster().link(victim).weather(weather));
      return name + " " + String.join(" ", victims);
    };
  }
}
