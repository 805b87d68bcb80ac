package io.replog.replication.master;

import java.util.Comparator;

/// A call that waits until enough nodes hold an index.
///
/// @param add whether it is an add; otherwise it only asks
/// @param epoch epoch of the entry, 0 where it only asks
/// @param sinceNanos when it began to wait
/// @param deadlineNanos when it gives up, `Long.MAX_VALUE` for never
/// @param replayed whether an earlier add with the same key had appended the entry
record Waiter(
    long call,
    boolean add,
    long index,
    long epoch,
    int requiredNodes,
    long sinceNanos,
    long deadlineNanos,
    boolean replayed) {

  static final Comparator<Waiter> BY_INDEX =
      Comparator.comparingLong(Waiter::index).thenComparingLong(Waiter::call);

  static final Comparator<Waiter> BY_DEADLINE =
      Comparator.comparingLong(Waiter::deadlineNanos).thenComparingLong(Waiter::call);

  boolean hasDeadline() {
    return deadlineNanos != Long.MAX_VALUE;
  }

  /// Whether followers are needed to release it.
  boolean isBlocked() {
    return requiredNodes > 1;
  }

  boolean isBlockedAdd() {
    return add && isBlocked();
  }
}
