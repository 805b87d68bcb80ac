package io.replog.replication.follower;

import io.replog.model.FollowerFault;
import io.replog.model.Promise;
import io.replog.model.RefusalReason;
import org.jspecify.annotations.Nullable;

/// What happened, for log lines, traces and metrics.
public sealed interface FollowerEvent {

  /// New entries arrived and wait for their delay.
  record Received(long fromIndex, long toIndex, long delayNanos) implements FollowerEvent {}

  /// A batch held nothing new.
  record Skipped(long fromIndex, long toIndex) implements FollowerEvent {}

  /// A batch waits ahead of a gap.
  record HeldAhead(long fromIndex, long expectedIndex) implements FollowerEvent {}

  /// Everything up to `index` is durable here.
  record BecameDurable(long fromIndex, long index) implements FollowerEvent {}

  /// A hole is filled, and everything up to `endIndex` can be read again.
  record HoleClosed(long endIndex) implements FollowerEvent {}

  /// A batch or plain message was refused.
  record Refused(RefusalReason reason, String detail) implements FollowerEvent {}

  /// A master was promised, and none older will be obeyed.
  record Promised(Promise promise) implements FollowerEvent {}

  /// This follower stopped acknowledging, or does so again.
  record FaultChanged(
      @Nullable FollowerFault before, @Nullable FollowerFault after, @Nullable String why)
      implements FollowerEvent {}

  /// A majority holds everything up to `index`.
  record Committed(long index) implements FollowerEvent {}

  /// The artificial delay is another one now.
  record DelayChanged(long delayNanos, long jitterNanos) implements FollowerEvent {}
}
