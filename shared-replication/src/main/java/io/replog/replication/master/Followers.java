package io.replog.replication.master;

import static io.replog.replication.BrokenInvariantException.check;

import io.replog.model.Member;
import io.replog.model.Standing;
import io.replog.model.WriteConcern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// All followers, in the order in which they joined, and what they are together. Beside the members
/// there may be some that the master sends to and does not count.
final class Followers {

  private final Function<Member, Follower> create;
  private final Map<String, Follower> connected = new LinkedHashMap<>();
  private List<Follower> all = List.of();
  private List<Follower> everybody = List.of();

  /// @param create makes the follower that a member is
  Followers(List<Member> members, Function<Member, Follower> create) {
    this.create = create;
    become(members);
  }

  /// The members.
  List<Follower> all() {
    return all;
  }

  /// Everybody who is sent to: the members, those that join and those that leave.
  List<Follower> connected() {
    return everybody;
  }

  /// Whether it is sent to still.
  boolean isConnected(Follower follower) {
    return connected.get(follower.name()) == follower;
  }

  /// The one of that name if it was connected before `request` left, else null: what is answered to
  /// an earlier one was said by somebody else.
  @Nullable Follower find(String name, long request) {
    Follower follower = connected.get(name);
    return follower == null || follower.isYoungerThan(request) ? null : follower;
  }

  /// Lets exactly these be members. Returns who is none any more, still connected.
  List<Follower> become(List<Member> members) {
    List<Follower> before = all;
    List<Follower> now = new ArrayList<>(members.size());
    for (Member member : members) {
      Follower follower = connect(member);
      follower.counts(now.size());
      now.add(follower);
    }
    all = List.copyOf(now);
    return before.stream().filter(each -> !all.contains(each)).toList();
  }

  /// Connects to `member` if nobody has; a node of that name elsewhere is forgotten.
  Follower connect(Member member) {
    Follower known = connected.get(member.name());
    if (known == null || !known.member().url().equals(member.url())) {
      Follower created = create.apply(member);
      check(created.name().equals(member.name()), "a follower of another name");
      connected.put(member.name(), created);
      everybody = List.copyOf(connected.values());
    }
    return Objects.requireNonNull(connected.get(member.name()));
  }

  /// Forgets one that is no member.
  void disconnect(Follower follower) {
    check(!all.contains(follower), "a member is forgotten");
    connected.remove(follower.name(), follower);
    everybody = List.copyOf(connected.values());
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

  /// Nodes to which at most so much is unsent as the master takes in at once, itself included.
  int nodesThatKeepUp() {
    return 1 + (int) all.stream().filter(each -> each.progress().keepsUp()).count();
  }

  private static boolean takesPart(Follower follower, @Nullable String logId) {
    return follower.health().isAlive()
        && follower.canHold(logId)
        && !follower.progress().isLeftOut();
  }

  /// The highest epoch that any of them has promised or holds an entry of.
  long highestEpoch() {
    return everybody.stream().map(Follower::standing).mapToLong(Followers::epochOf).max().orElse(0);
  }

  private static long epochOf(@Nullable Standing standing) {
    return standing == null ? 0 : Math.max(standing.promisedEpoch(), standing.position().epoch());
  }
}
