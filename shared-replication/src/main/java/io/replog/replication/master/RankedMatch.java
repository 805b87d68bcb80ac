package io.replog.replication.master;

import java.util.Arrays;

/// Answers up to which index at least k nodes hold the log durably, the master among them.
///
/// Invariant: `ascending` holds the same values as `byNode`, sorted.
final class RankedMatch {

  /// What each node holds: the master's durable index first, then each follower's match index.
  private long[] byNode;

  private long[] ascending;

  /// @param clusterSize number of nodes, the master included
  RankedMatch(int clusterSize) {
    this.byNode = new long[clusterSize];
    this.ascending = new long[clusterSize];
  }

  /// Other nodes belong to the cluster from now on. Nothing is known of the followers until each is
  /// told.
  ///
  /// @param clusterSize number of nodes, the master included
  void resize(int clusterSize) {
    long own = byNode[0];
    byNode = new long[clusterSize];
    ascending = new long[clusterSize];
    master(own);
  }

  /// The master holds everything up to `index`.
  void master(long index) {
    set(0, index);
  }

  /// A follower holds everything up to `index`.
  ///
  /// @param follower its place among the followers, from 0
  void follower(int follower, long index) {
    set(follower + 1, index);
  }

  /// The highest index that the master and at least `nodes` nodes in all hold.
  ///
  /// @param nodes 1 to the size of the cluster
  long heldBy(int nodes) {
    return Math.min(byNode[0], ascending[ascending.length - nodes]);
  }

  /// How many nodes hold `index`.
  int nodesHolding(long index) {
    int holding = 0;
    for (long held : byNode) {
      holding += held >= index ? 1 : 0;
    }
    return holding;
  }

  private void set(int node, long index) {
    if (byNode[node] != index) {
      byNode[node] = index;
      for (int i = 0; i < byNode.length; i++) {
        ascending[i] = byNode[i];
      }
      Arrays.sort(ascending);
    }
  }
}
