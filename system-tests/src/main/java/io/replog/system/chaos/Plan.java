package io.replog.system.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/// What goes wrong when, drawn from a seed before anything happens.
///
/// @param windows one after the other
record Plan(List<Window> windows) {

  private static final int SHORTEST_MILLIS = 1_500;
  private static final int LONGEST_MILLIS = 6_000;

  Plan {
    windows = List.copyOf(windows);
  }

  /// A span of time with faults that begin and end with it; none in a quiet one.
  ///
  /// @param patient whether the next window waits until every node is ready again; otherwise its
  ///   faults may hit nodes that are still recovering
  record Window(Duration length, List<Planned> faults, boolean patient) {}

  /// @param seed draws the targets and the strength
  record Planned(FaultKind kind, long seed) {
    Fault create(Arena arena) {
      return kind.create(arena, new Random(seed));
    }
  }

  /// Windows that fill `length` and no more, when nobody has to be waited for; the first of them
  /// quiet, so that there is something to lose, and an eighth of the others, some with two faults
  /// at once. That is a fault every five seconds, unless nodes start slowly.
  static Plan draw(RandomGenerator random, Duration length, List<FaultKind> kinds) {
    List<Window> windows = new ArrayList<>();
    long left = length.toMillis();
    while (left > 0) {
      long millis = Math.min(left, random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS));
      windows.add(
          new Window(
              Duration.ofMillis(millis),
              windows.isEmpty() ? List.of() : faults(random, kinds),
              random.nextInt(3) > 0));
      left -= millis;
    }
    return new Plan(windows);
  }

  private static List<Planned> faults(RandomGenerator random, List<FaultKind> kinds) {
    int draw = random.nextInt(8);
    int count = draw < 1 ? 0 : draw < 5 ? 1 : 2;
    EnumSet<FaultKind> drawn = EnumSet.noneOf(FaultKind.class);
    for (int number = 0; number < count; number++) {
      FaultKind kind = kinds.get(random.nextInt(kinds.size()));
      if (drawn.stream().allMatch(kind::getsAlongWith)) {
        drawn.add(kind);
      }
    }
    return drawn.stream().map(kind -> new Planned(kind, random.nextLong())).toList();
  }
}
