package io.replog.replication.master;

/// What a master is doing with adds.
public enum MasterPhase {
  /// Asking its followers where they stand and pulling what they have beyond it.
  STARTING,
  /// Without a log, waiting for its followers or an operator.
  NO_LOG,
  /// Taking over a follower's log.
  ADOPTING,
  /// In an epoch of its own.
  SERVING,
  /// Another master has a higher epoch; read-only until a restart.
  FENCED,
  /// Damaged inside the durable range; read-only.
  CORRUPT,
  /// Stopping, or its log has failed.
  STOPPED
}
