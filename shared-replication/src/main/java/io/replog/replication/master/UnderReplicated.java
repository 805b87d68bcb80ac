package io.replog.replication.master;

import java.util.Arrays;

/// Which entries fewer nodes are known to hold than somebody was told: because a follower lost its
/// disk, or has not said yet where it stands. What was told before the start of this process is
/// known by the commit index only.
final class UnderReplicated {

  private final RankedMatch ranked;

  /// At place k: the highest index of which somebody was told that k nodes hold it. Never falls.
  private long[] told;

  /// @param clusterSize number of nodes, the master included
  UnderReplicated(RankedMatch ranked, int clusterSize) {
    this.ranked = ranked;
    this.told = new long[clusterSize + 1];
  }

  /// Other nodes belong to the cluster from now on: no entry can be missing on more than there are.
  ///
  /// @param clusterSize number of nodes, the master included
  void resize(int clusterSize) {
    long[] before = told;
    told = Arrays.copyOf(before, clusterSize + 1);
    for (int nodes = clusterSize + 1; nodes < before.length; nodes++) {
      told(clusterSize, before[nodes]);
    }
  }

  /// Somebody is told that so many nodes hold everything up to `index`.
  void told(int nodes, long index) {
    told[nodes] = Math.max(told[nodes], index);
  }

  /// How many they are. For each number of nodes they are a range, and the fewer nodes the later it
  /// begins; so each is counted from where the one before ended.
  long entries() {
    long entries = 0;
    long seen = 0;
    for (int nodes = told.length - 1; nodes >= 1; nodes--) {
      long from = Math.max(seen, ranked.heldBy(nodes));
      seen = Math.max(from, told[nodes]);
      entries += seen - from;
    }
    return entries;
  }
}
