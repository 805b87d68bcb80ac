package io.replog.replication.master;

import io.replog.model.Member;
import io.replog.model.Membership;
import io.replog.model.ReplicaState;
import io.replog.model.ReplicaStatus;
import io.replog.model.Standing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A master and its followers at one moment, for health, metrics and the screen. Immutable.
///
/// @param logId null while there is no log
/// @param epoch 0 while there is none
/// @param firstIndex first index kept
/// @param releasableIndex highest index that no node lacks: retention goes no further
/// @param underReplicated entries that fewer nodes are known to hold than somebody was told
/// @param writable whether an add with w=1 would be accepted now
/// @param refusal why not, null when writable
/// @param reason the same in a sentence, null when writable
/// @param membership who belongs to the cluster beside the master, those included that are not sent
///   to
/// @param membersIndex where the log says so, 0 while the settings do
/// @param blockedCalls calls that wait for followers
public record MasterView(
    MasterPhase phase,
    @Nullable String logId,
    long epoch,
    long firstIndex,
    long releasableIndex,
    long lastIndex,
    long durableIndex,
    long commitIndex,
    long underReplicated,
    boolean writable,
    AddOutcome.@Nullable AddRefusal refusal,
    @Nullable String reason,
    Membership membership,
    long membersIndex,
    int blockedCalls,
    List<FollowerView> followers) {

  /// One follower as the master sees it.
  ///
  /// @param member its name and where it is
  /// @param role whether it counts
  /// @param lag entries of the master's log that it has not acknowledged
  /// @param roundTripNanos of the last answered heartbeat, -1 before the first
  /// @param lastContactNanos since its last answer, -1 before the first
  /// @param nextAttemptNanos until the next retry, -1 when none is waiting
  /// @param standing what it last said of itself, null before the first answer
  public record FollowerView(
      Member member,
      MemberRole role,
      ReplicaStatus status,
      ReplicaState state,
      long matchIndex,
      long lag,
      int batchesInFlight,
      long roundTripNanos,
      long lastContactNanos,
      long nextAttemptNanos,
      @Nullable String lastError,
      @Nullable Standing standing) {

    public String name() {
      return member.name();
    }

    /// Whether it counts for write concerns.
    public boolean isMember() {
      return role == MemberRole.MEMBER;
    }
  }
}
