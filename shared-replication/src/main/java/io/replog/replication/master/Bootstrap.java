package io.replog.replication.master;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Whether a master without a log may begin a new one. It must not while anybody may hold the old
/// one: a lost disk must not cost what the others have kept.
final class Bootstrap {

  private final MasterSettings settings;
  private final Followers followers;

  /// The log of entries that an interrupted adoption left behind, null when there is none. Only the
  /// same log can continue them.
  private @Nullable String unfinishedLogId;

  Bootstrap(MasterSettings settings, Followers followers, @Nullable String unfinishedLogId) {
    this.settings = settings;
    this.followers = followers;
    this.unfinishedLogId = unfinishedLogId;
  }

  /// What stands against a new log, in words; null when nothing does.
  ///
  /// @param waitedNanos since the start of the process
  @Nullable String obstacle(long waitedNanos) {
    if (unfinishedLogId != null) {
      return "an adoption was interrupted: continue it with `replog adopt`, or wipe the data"
          + " directory of this node";
    }
    return settings.bootstrapAlone() ? null : obstacleAmongFollowers(waitedNanos);
  }

  /// What stands against taking over the longest log that is known, in words: the followers that
  /// may hold a longer one and have not said so. Null when there are none.
  ///
  /// @param without names of followers that are left out, whatever they hold
  @Nullable String unheard(Set<String> without) {
    String names =
        followers.all().stream()
            .filter(follower -> !(follower.isReachable() && follower.isVerified()))
            .map(Follower::name)
            .filter(name -> !without.contains(name))
            .collect(Collectors.joining(", "));
    return names.isEmpty()
        ? null
        : names
            + " cannot say where its log ends, and may hold acknowledged messages that nobody else"
            + " has: bring it up, or leave it out with `replog adopt --without "
            + names.replace(" ", "")
            + "` and lose them";
  }

  /// Whether entries here do not forbid to adopt this follower's log.
  boolean mayAdopt(Follower follower) {
    String logId = follower.standing() == null ? null : follower.standing().logId();
    return logId != null && (unfinishedLogId == null || unfinishedLogId.equals(logId));
  }

  /// From now on only `logId` can be adopted.
  void leaveUnfinished(String logId) {
    unfinishedLogId = logId;
  }

  /// What to add to a refusal when nothing fits.
  String unfinishedHint() {
    return unfinishedLogId == null ? "" : " that continues the interrupted adoption";
  }

  private @Nullable String obstacleAmongFollowers(long waitedNanos) {
    for (Follower follower : followers.all()) {
      if (follower.mayHoldEntries()) {
        long entries = Objects.requireNonNull(follower.standing()).position().index();
        String unheard = unheard(Set.of());
        return "no log here, but "
            + follower.name()
            + " holds "
            + entries
            + " entries: "
            + (unheard == null
                ? "take them over with `replog adopt`, or wipe the followers"
                : unheard);
      }
    }
    int heard = followers.nodesHeard();
    boolean enough =
        heard == followers.clusterSize()
            || (waitedNanos >= settings.bootstrapNanos() && heard >= followers.majority());
    return enough
        ? null
        : "no log yet: "
            + heard
            + " of "
            + followers.clusterSize()
            + " nodes have said that they hold none";
  }
}
