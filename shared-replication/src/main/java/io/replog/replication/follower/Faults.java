package io.replog.replication.follower;

import io.replog.model.FollowerFault;
import org.jspecify.annotations.Nullable;

/// Why this follower acknowledges nothing at present. Damage outweighs divergence, and that a full
/// disk.
final class Faults {

  private final Effects effects;

  /// What is damaged, null when nothing; never heals while the process runs.
  private @Nullable String corruption;

  /// What differs from the promised master's log, null when nothing. Known until another master is
  /// promised or the process ends; it is found again then.
  private @Nullable String divergence;

  private boolean full;

  Faults(@Nullable String corruption, Effects effects) {
    this.corruption = corruption;
    this.effects = effects;
  }

  void corrupt(String what) {
    FollowerFault before = fault();
    corruption = what;
    report(before);
  }

  void diverge(@Nullable String what) {
    FollowerFault before = fault();
    divergence = what;
    report(before);
  }

  void full(boolean isFull) {
    FollowerFault before = fault();
    full = isFull;
    report(before);
  }

  @Nullable FollowerFault fault() {
    if (corruption != null) {
      return FollowerFault.CORRUPT;
    }
    if (divergence != null) {
      return FollowerFault.DIVERGED;
    }
    return full ? FollowerFault.FULL : null;
  }

  /// The fault in words, null when there is none.
  @Nullable String error() {
    if (corruption != null) {
      return corruption;
    }
    return divergence != null || !full ? divergence : "no space is left on the disk";
  }

  @Nullable String corruption() {
    return corruption;
  }

  @Nullable String divergence() {
    return divergence;
  }

  boolean isFull() {
    return full;
  }

  private void report(@Nullable FollowerFault before) {
    FollowerFault after = fault();
    if (after != before) {
      effects.happened(new FollowerEvent.FaultChanged(before, after, error()));
    }
  }
}
