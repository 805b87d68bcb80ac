package io.replog.model;

/// How far a follower is, as the master sees it.
public enum ReplicaState {
  /// It holds everything the master holds, or only what is in flight is missing.
  IN_SYNC,
  /// It is behind, or the master does not yet know where it stands.
  CATCHING_UP,
  /// It has no room on its disk.
  FULL,
  /// It holds other bytes at an index, or entries that the master lacks.
  DIVERGED,
  /// Its log is damaged.
  CORRUPT,
  /// It holds another log and keeps it.
  OTHER_LOG
}
