package io.replog.system.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/// Draws whom a fault hits.
final class Targets {

  private Targets() {}

  /// One of them in most cases, several in some, all in few.
  static List<String> some(List<String> names, RandomGenerator random) {
    int draw = random.nextInt(10);
    int count =
        draw < 6 ? 1 : draw < 8 ? 1 + random.nextInt(names.size()) : draw < 9 ? 2 : names.size();
    List<String> shuffled = new ArrayList<>(names);
    Collections.shuffle(shuffled, Random.from(random));
    return shuffled.subList(0, Math.min(count, names.size()));
  }

  static <T> T one(List<T> choices, RandomGenerator random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
