package io.replog.replication.follower;

import io.replog.model.FsyncMode;

/// What a follower is told at its start. Times are nanoseconds.
///
/// @param node its name
/// @param clusterId name of the cluster
/// @param incarnation identity of its data directory
/// @param newLogId identity of the log that begins here if the plain form is used before any master
///   comes
/// @param fsync when this node forces
/// @param delayNanos artificial delay before each append, 0 for none
/// @param gapNanos how long a batch ahead of a gap waits for its predecessor
/// @param maxHeldEntries entries held ahead of a gap
/// @param maxHeldBytes bytes of text held ahead of a gap
public record FollowerSettings(
    String node,
    String clusterId,
    String incarnation,
    String newLogId,
    FsyncMode fsync,
    long delayNanos,
    long gapNanos,
    int maxHeldEntries,
    long maxHeldBytes) {

  /// The values of the contract and the design for this node.
  public static FollowerSettings defaults(
      String node,
      String clusterId,
      String incarnation,
      String newLogId,
      FsyncMode fsync,
      long delayNanos) {
    return new FollowerSettings(
        node,
        clusterId,
        incarnation,
        newLogId,
        fsync,
        delayNanos,
        1_000_000_000L,
        16_384,
        8L << 20);
  }
}
