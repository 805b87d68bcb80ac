package io.replog.model;

/// How many nodes, the master included, must hold a message durably before the call that adds it
/// returns.
public sealed interface WriteConcern {

  /// A fixed number of nodes, at least 1.
  record Count(int nodes) implements WriteConcern {
    public Count {
      if (nodes < 1) {
        throw new IllegalArgumentException("a write concern is at least 1, not " + nodes);
      }
    }
  }

  /// More than half of all nodes.
  record Majority() implements WriteConcern {}

  /// Every node.
  record All() implements WriteConcern {}

  /// The number of nodes that this concern needs in a cluster of `clusterSize` nodes. A count above
  /// the size is returned as it is: refusing it is the caller's business.
  default int requiredNodes(int clusterSize) {
    return switch (this) {
      case Count count -> count.nodes();
      case Majority _ -> majorityOf(clusterSize);
      case All _ -> clusterSize;
    };
  }

  /// The smallest number of nodes that is more than half of `clusterSize`.
  static int majorityOf(int clusterSize) {
    return clusterSize / 2 + 1;
  }
}
