package io.replog.replication.master;

import io.replog.model.FsyncMode;
import io.replog.model.Member;
import java.util.List;

/// What a master is told at its start and never changes. Times are nanoseconds.
///
/// @param clusterId name of the cluster
/// @param startId identity of this process, fresh at each start
/// @param followers who belongs to the cluster beside the master while the log says nothing else
/// @param fsync when this node forces
/// @param quorumAppend whether adds are refused while no majority is alive
/// @param bootstrapAlone whether a master without a log begins one without asking
/// @param standingsNanos how long a master with a log asks its followers where they stand
/// @param bootstrapNanos how long a master without a log waits for all followers before a majority
///   is enough
/// @param heartbeatNanos distance of heartbeats
/// @param maxUndurableEntries adds accepted but not yet durable on this node, in entries; bulk adds
///   use half of it, and a follower to which more is unsent is far behind
/// @param maxUndurableBytes the same in bytes of text
/// @param window batches in flight to one follower without artificial delay
/// @param maxWindow batches in flight to one follower at most
/// @param maxInFlightBytes bytes in flight to one follower, above which nothing is added to them
/// @param maxBatchEntries entries in one batch; a window of them fits what a follower holds ahead
///   of a gap
/// @param maxBatchBytes bytes in one batch; one entry may be larger
/// @param idempotencyEntries keyed entries remembered
public record MasterSettings(
    String clusterId,
    String startId,
    List<Member> followers,
    FsyncMode fsync,
    boolean quorumAppend,
    boolean bootstrapAlone,
    long standingsNanos,
    long bootstrapNanos,
    long heartbeatNanos,
    int maxUndurableEntries,
    long maxUndurableBytes,
    int window,
    int maxWindow,
    long maxInFlightBytes,
    int maxBatchEntries,
    int maxBatchBytes,
    int idempotencyEntries) {

  private static final long MILLISECOND = 1_000_000;

  /// The values of the contract and the design for this node.
  ///
  /// @param maxInFlightBytes what its memory can bear
  public static MasterSettings defaults(
      String clusterId,
      String startId,
      List<Member> followers,
      FsyncMode fsync,
      boolean quorumAppend,
      boolean bootstrapAlone,
      long maxInFlightBytes) {
    return new MasterSettings(
        clusterId,
        startId,
        followers,
        fsync,
        quorumAppend,
        bootstrapAlone,
        2_000 * MILLISECOND,
        10_000 * MILLISECOND,
        500 * MILLISECOND,
        32_768,
        64L << 20,
        4,
        64,
        maxInFlightBytes,
        4_096,
        1 << 20,
        1_000_000);
  }

  public MasterSettings {
    followers = List.copyOf(followers);
  }
}
