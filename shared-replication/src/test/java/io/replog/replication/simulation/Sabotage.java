package io.replog.replication.simulation;

/// A protection switched off around the cores, to prove that the simulation notices.
enum Sabotage {
  /// All protections work.
  NONE,
  /// Idempotency keys are not rebuilt from the log at a restart.
  KEYS_FORGOTTEN,
  /// The master's table of idempotency keys holds next to nothing.
  KEYS_NOT_KEPT,
  /// Whatever epoch and start id a batch carries, the follower is told that it is the promised one.
  EPOCHS_IGNORED,
  /// A promise is reported as persisted and is gone after a crash.
  PROMISE_NOT_PERSISTED,
  /// No disk forces before it reports durable; a power cut loses what was only written.
  FORCES_SKIPPED,
  /// A follower acknowledges while its force is still running.
  ACKNOWLEDGED_BEFORE_FORCE,
  /// The master sends, and counts itself, while its own force is still running.
  SENT_BEFORE_FORCE,
  /// A follower believes, and says, that its chain is whatever the sender's is.
  CHAINS_IGNORED,
  /// A master begins with the members of its settings, whatever its log says.
  MEMBERS_FORGOTTEN,
  /// A master deletes what it holds without asking whether a follower lacks it.
  RELEASED_REGARDLESS,
  /// What was filled into a hole is not compared with what stands behind it.
  JOIN_UNCHECKED,
  /// A follower with a hole acknowledges up to the end of what stands behind it.
  HOLED_ACKS_COUNTED,
  /// A node shows what stands behind its hole.
  SERVED_BEYOND_HOLE,
  /// A node with a hole shows the list in front of it as if it were all.
  SHORT_LIST_SERVED,
  /// No checksum is compared when entries are read.
  CHECKSUMS_IGNORED;

  /// Whether the protection is one against damaged disks.
  boolean concernsDamage() {
    return compareTo(JOIN_UNCHECKED) >= 0;
  }
}
