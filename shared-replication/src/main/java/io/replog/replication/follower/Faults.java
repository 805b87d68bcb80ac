package io.replog.replication.follower;

import io.replog.model.FollowerFault;
import io.replog.replication.Holes;
import org.jspecify.annotations.Nullable;

/// What keeps this follower from holding what its master holds. Divergence outweighs damage, which
/// heals by itself, and that a full disk.
final class Faults {

  private final Effects effects;

  /// What is damaged and not filled yet, null when nothing is.
  private @Nullable String corruption;

  /// What differs from the promised master's log, null when nothing. Known until another master is
  /// promised or the process ends; it is found again then.
  private @Nullable String divergence;

  /// Whether what was filled in does not join what stands behind it: no other master can mend that.
  private boolean doesNotJoin;

  private boolean full;

  Faults(Holes holes, Effects effects) {
    this.corruption = inWords(holes);
    this.effects = effects;
  }

  /// Fewer holes are left.
  void heal(Holes left) {
    FollowerFault before = fault();
    corruption = inWords(left);
    report(before);
  }

  void diverge(@Nullable String what) {
    if (!doesNotJoin) {
      FollowerFault before = fault();
      divergence = what;
      report(before);
    }
  }

  void doesNotJoin(String what) {
    diverge(what);
    doesNotJoin = true;
  }

  void full(boolean isFull) {
    FollowerFault before = fault();
    full = isFull;
    report(before);
  }

  @Nullable FollowerFault fault() {
    if (divergence != null) {
      return FollowerFault.DIVERGED;
    }
    if (corruption != null) {
      return FollowerFault.CORRUPT;
    }
    return full ? FollowerFault.FULL : null;
  }

  /// The fault in words, null when there is none.
  @Nullable String error() {
    if (divergence != null) {
      return divergence;
    }
    return corruption != null || !full ? corruption : "no space is left on the disk";
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

  private static @Nullable String inWords(Holes holes) {
    return holes.isEmpty() ? null : holes.inWords();
  }

  private void report(@Nullable FollowerFault before) {
    FollowerFault after = fault();
    if (after != before) {
      effects.happened(new FollowerEvent.FaultChanged(before, after, error()));
    }
  }
}
