package io.replog.system.power;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Chooses whose power is cut, and in which order they come back.
///
/// @param nodes all names, the master first
record Victims(List<String> nodes, Random random) {

  Victims {
    nodes = List.copyOf(nodes);
  }

  /// The master or all nodes in three of ten cases each, otherwise one follower or a few nodes.
  List<String> next() {
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> List.of(nodes.getFirst());
      case 3, 4, 5 -> some(nodes.size());
      case 6, 7, 8 -> List.of(nodes.get(1 + random.nextInt(nodes.size() - 1)));
      default -> some(Math.min(2, nodes.size()));
    };
  }

  private List<String> some(int count) {
    List<String> shuffled = new ArrayList<>(nodes);
    Collections.shuffle(shuffled, random);
    return List.copyOf(shuffled.subList(0, count));
  }

  /// For the figures.
  String kind(List<String> cut) {
    if (cut.size() == nodes.size()) {
      return "of all nodes";
    }
    if (cut.size() > 1) {
      return "of several nodes";
    }
    return cut.equals(nodes.subList(0, 1)) ? "of the master" : "of a follower";
  }
}
