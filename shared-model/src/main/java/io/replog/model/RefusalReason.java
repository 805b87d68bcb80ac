package io.replog.model;

/// Why a follower refused what a master sent. All but [#FULL] travel as `409`, [#FULL] as `507`.
public enum RefusalReason {
  /// The batch begins behind the follower's end and its predecessor did not arrive in time; the
  /// standing says where to go on.
  GAP,
  /// Another master has a higher epoch, or the same epoch under another start id.
  STALE_EPOCH,
  /// The follower belongs to another cluster.
  OTHER_CLUSTER,
  /// The follower holds another log.
  OTHER_LOG,
  /// Other bytes at an index that the follower holds, or entries beyond the master's log.
  DIVERGED,
  /// The follower's log is damaged.
  CORRUPT,
  /// No space left.
  FULL,
  /// The plain form on a follower that a master has claimed.
  OTHER_WRITER,
  /// The follower is stopping.
  STOPPING
}
