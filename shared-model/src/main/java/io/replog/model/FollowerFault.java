package io.replog.model;

/// Why a follower acknowledges nothing at present, in its own words.
public enum FollowerFault {
  /// Its disk has no room; it resumes by itself when there is.
  FULL,
  /// It holds other bytes than the master, or entries that the master lacks; it reads on and keeps
  /// its files.
  DIVERGED,
  /// Its log is damaged inside the durable range.
  CORRUPT
}
