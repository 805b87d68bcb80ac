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
  /// A follower believes, and says, that its chain is whatever the sender's is.
  CHAINS_IGNORED
}
