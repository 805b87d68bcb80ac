package io.replog.replication.master;

/// What a node that the master sends to is in the cluster.
public enum MemberRole {
  /// It counts.
  MEMBER,
  /// It receives what it lacks and counts when it has caught up.
  JOINING,
  /// It does not count any more and is still told so.
  LEAVING
}
