package io.replog.model;

/// Whether a follower answers heartbeats.
public enum ReplicaStatus {
  /// The last heartbeat was answered.
  HEALTHY,
  /// One or two heartbeats in a row were missed, or none has been answered yet.
  SUSPECTED,
  /// Three or more heartbeats in a row were missed.
  UNHEALTHY
}
