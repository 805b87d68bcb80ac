package io.replog.system.history;

import io.replog.system.history.Sight.Kind;

/// One way of reading one node.
///
/// @param node name of the node
public record Reading(String node, Way way) implements Comparable<Reading> {

  /// How a node is read.
  public enum Way {
    /// Lists of what the node itself holds.
    LOCAL,
    /// Lists of what a majority holds.
    MAJORITY,
    /// Live tails.
    TAIL;

    public static Way of(Kind kind) {
      return switch (kind) {
        case LOCAL -> LOCAL;
        case MAJORITY -> MAJORITY;
      };
    }
  }

  @Override
  public int compareTo(Reading other) {
    int byNode = node.compareTo(other.node);
    return byNode == 0 ? way.compareTo(other.way) : byNode;
  }

  @Override
  public String toString() {
    return node + " " + way;
  }
}
