package io.replog.replication.master;

import static io.replog.replication.BrokenInvariantException.check;

import io.replog.model.Standing;
import io.replog.model.WriteConcern;
import io.replog.replication.BrokenInvariantException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// All followers, in the order of the settings, and what they are together.
final class Followers {

  private final List<Follower> all;
  private final Map<String, Follower> byName = new HashMap<>();

  /// @param create makes the follower of a name and a place
  Followers(List<String> names, BiFunction<String, Integer, Follower> create) {
    for (String name : names) {
      check(byName.put(name, create.apply(name, byName.size())) == null, "two followers " + name);
    }
    this.all = names.stream().map(byName::get).toList();
  }

  List<Follower> all() {
    return all;
  }

  Follower named(String name) {
    Follower follower = byName.get(name);
    if (follower == null) {
      throw new BrokenInvariantException("there is no follower " + name);
    }
    return follower;
  }

  int clusterSize() {
    return all.size() + 1;
  }

  int majority() {
    return WriteConcern.majorityOf(clusterSize());
  }

  /// Nodes that have answered at least once, the master included.
  int nodesHeard() {
    return 1 + (int) all.stream().filter(Follower::wasHeard).count();
  }

  /// Nodes that have answered at least once and whose answer says something about the log, the
  /// master included. One with another log, or with a fault, may hide what a majority had held.
  ///
  /// @param onlyWhole whether one that is damaged hides something too; not when the master itself
  ///   is known to have all that it ever acknowledged, and then it is the one to heal the other
  int nodesHeardOf(String logId, boolean onlyWhole) {
    return 1
        + (int)
            all.stream()
                .filter(Follower::wasHeard)
                .filter(each -> each.canHold(logId) || (!onlyWhole && each.canBeHealed(logId)))
                .count();
  }

  /// Nodes that count as alive and can hold entries of the log, the master included.
  ///
  /// @param logId null while there is none
  int nodesAlive(@Nullable String logId) {
    return 1 + (int) all.stream().filter(follower -> takesPart(follower, logId)).count();
  }

  private static boolean takesPart(Follower follower, @Nullable String logId) {
    return follower.health().isAlive()
        && follower.canHold(logId)
        && !follower.progress().isLeftOut();
  }

  /// The highest epoch that any of them has promised or holds an entry of.
  long highestEpoch() {
    return all.stream().map(Follower::standing).mapToLong(Followers::epochOf).max().orElse(0);
  }

  private static long epochOf(@Nullable Standing standing) {
    return standing == null ? 0 : Math.max(standing.promisedEpoch(), standing.position().epoch());
  }
}
