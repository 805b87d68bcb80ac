package io.replog.replication.master;

import io.replog.model.Membership;
import io.replog.model.ReplicaState;
import io.replog.model.ReplicaStatus;
import org.jspecify.annotations.Nullable;

/// What happened, for log lines, traces and metrics.
public sealed interface MasterEvent {

  /// An entry got its index. `textBytes` is an estimate of the size, at least its number of
  /// characters.
  record Appended(long index, long call, int requiredNodes, @Nullable String key, int textBytes)
      implements MasterEvent {}

  /// Entries of one bulk add got their indexes, one behind the other.
  record AppendedAll(long fromIndex, long toIndex, long call, int requiredNodes)
      implements MasterEvent {}

  /// A keyed add was recognised as a repetition.
  record Replayed(long index, long call) implements MasterEvent {}

  /// This node holds everything up to `index` durably.
  record BecameDurable(long fromIndex, long index) implements MasterEvent {}

  /// A hole is filled, and everything up to `endIndex` can be read again.
  record HoleClosed(long endIndex) implements MasterEvent {}

  /// What was before `firstIndex` is deleted on this node.
  record EntriesReleased(long firstIndex) implements MasterEvent {}

  /// A batch with entries left for a follower.
  record Sent(String follower, long fromIndex, long toIndex, int attempt) implements MasterEvent {}

  /// A follower that catches up has rested, for the writers' sake, and is sent a batch now.
  record Rested(String follower) implements MasterEvent {}

  /// A follower proved that it holds everything up to `toIndex`.
  ///
  /// @param elapsedNanos since the append of `toIndex` in this process; -1 when that is not known
  ///   any more
  record FollowerAcknowledged(String follower, long fromIndex, long toIndex, long elapsedNanos)
      implements MasterEvent {}

  /// A batch failed, or a follower lost what it had acknowledged.
  ///
  /// @param failures in a row; 0 for a loss
  /// @param retryNanos wait before the next attempt
  record FollowerFailed(
      String follower, SendFailure kind, String error, int failures, long retryNanos)
      implements MasterEvent {}

  /// A follower's health changed.
  ///
  /// @param waiting blocked calls that need it or others
  record StatusChanged(String follower, ReplicaStatus before, ReplicaStatus after, int waiting)
      implements MasterEvent {}

  /// A follower's state changed.
  record StateChanged(
      String follower, ReplicaState before, ReplicaState after, @Nullable String why)
      implements MasterEvent {}

  /// A follower came back with another data directory; what it held before does not count.
  record IncarnationChanged(String follower, long lostIndex) implements MasterEvent {}

  /// A call that waited was answered because its concern is met.
  record Released(long call, long index, int requiredNodes, int acks, long elapsedNanos)
      implements MasterEvent {}

  /// A call that waited was answered although its concern is not met.
  record GivenUp(
      long call,
      long index,
      int requiredNodes,
      int acks,
      AddOutcome.UnmetReason reason,
      long elapsedNanos)
      implements MasterEvent {}

  /// Other nodes belong to the cluster from the entry at `index` on.
  record MembersChanged(long index, Membership membership) implements MasterEvent {}

  /// A majority holds everything up to `index`.
  record Committed(long index) implements MasterEvent {}

  /// The master does something else with adds now, or does the same for another reason.
  record PhaseChanged(MasterPhase before, MasterPhase after, @Nullable String why)
      implements MasterEvent {}

  /// Adds are accepted, or refused, for want of a majority.
  record QuorumChanged(boolean writable, int reachable, int clusterSize) implements MasterEvent {}
}
