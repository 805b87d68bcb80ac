package io.replog.node.messages;

import java.time.Duration;

/// How many nodes hold an entry durably, as far as a master knows. Only a master supplies this; a
/// node without it knows of itself alone and sends those who want to wait to the master.
public interface KnownHolders {

  /// N, every node of the cluster.
  int clusterSize();

  /// Nodes known to hold `index` durably, this one included.
  ///
  /// @param index at most the last durable index of this node
  int holdersOf(long index) throws InterruptedException;

  /// Waits until `requiredNodes` nodes hold `index`, or `atMost` has passed, or the node stops.
  ///
  /// @return nodes known to hold it then
  int awaitHolders(long index, int requiredNodes, Duration atMost) throws InterruptedException;
}
