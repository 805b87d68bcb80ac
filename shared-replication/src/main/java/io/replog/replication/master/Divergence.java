package io.replog.replication.master;

import io.replog.model.FollowerFault;
import io.replog.model.ReplicaState;
import io.replog.model.Standing;
import org.jspecify.annotations.Nullable;

/// Says in words, and as a state, why a follower acknowledges nothing.
final class Divergence {

  private Divergence() {}

  /// How a follower's log differs from the master's.
  ///
  /// @param firstIndex first index that the master keeps
  /// @param reported the follower's own words, null when it was found out here
  static String inWords(
      Standing standing, long firstIndex, long durableIndex, @Nullable String reported) {
    long beyond = standing.position().index() - durableIndex;
    if (beyond > 0) {
      return standing.node()
          + " holds "
          + beyond
          + " entries beyond the master's #"
          + durableIndex
          + "; restarting the master takes them over if they follow from its log";
    }
    if (standing.position().index() + 1 < firstIndex) {
      return standing.node()
          + " ends at #"
          + standing.position().index()
          + " and this log begins at #"
          + firstIndex
          + ": nothing proves that they are one; with an empty data directory it begins there";
    }
    return reported != null
        ? reported
        : standing.node()
            + " holds other entries than the master up to #"
            + standing.position().index();
  }

  /// The state in which a follower with this fault acknowledges nothing; null when it does
  /// acknowledge, as a damaged one does that is being healed.
  static @Nullable ReplicaState stateOf(@Nullable FollowerFault fault) {
    return switch (fault) {
      case null -> null;
      case FULL -> ReplicaState.FULL;
      case DIVERGED -> ReplicaState.DIVERGED;
      case CORRUPT -> null;
    };
  }
}
