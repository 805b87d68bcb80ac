package io.replog.replication.master;

import io.replog.model.Entry;
import io.replog.model.EntryKind;
import io.replog.model.Member;
import io.replog.model.Membership;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Who belongs to the cluster: what the last entry of the log about it says, from the moment on at
/// which it has its index; what the settings say while there is none.
///
/// The number of nodes, a majority of them and the highest write concern follow from it and from
/// nothing else. So two nodes with the same log agree about them, and so does this one after a
/// restart.
final class Members {

  /// How long one that has left is told so if it does not answer.
  private static final long FAREWELL_NANOS = 10_000_000_000L;

  private final MasterSettings settings;
  private final OwnLog log;
  private final Mandate mandate;
  private final Followers followers;
  private final RankedMatch ranked;
  private final UnderReplicated underReplicated;
  private final Calls calls;
  private final Effects effects;

  private Membership membership;

  /// Those that have left and are still told so.
  private List<Follower> departing = List.of();

  /// Where the log says so, 0 while the settings do.
  private long index;

  Members(
      MasterSettings settings,
      RecoveredMaster recovered,
      OwnLog log,
      Mandate mandate,
      Followers followers,
      RankedMatch ranked,
      UnderReplicated underReplicated,
      Calls calls,
      Effects effects) {
    this.settings = settings;
    this.log = log;
    this.mandate = mandate;
    this.followers = followers;
    this.ranked = ranked;
    this.underReplicated = underReplicated;
    this.calls = calls;
    this.effects = effects;
    this.membership = first(settings, recovered);
    this.index = recovered.membership() == null ? 0 : recovered.membership().index();
  }

  /// What a master begins with. What is missing in a damaged log may be what the members are, and
  /// whoever the settings name may have it: until the log is whole, and the master begins anew,
  /// they are asked as well.
  static Membership first(MasterSettings settings, RecoveredMaster recovered) {
    Entry last = recovered.membership();
    if (last == null) {
      return new Membership("the settings", settings.followers());
    }
    Membership said = Membership.of(last.text());
    if (recovered.holes().isEmpty()) {
      return said;
    }
    List<Member> all = new ArrayList<>(said.members());
    settings.followers().stream().filter(each -> said.named(each.name()) == null).forEach(all::add);
    return new Membership(said.reason(), all);
  }

  /// Those that count, each where the settings say it is if they name it: a node may move.
  static List<Member> addressed(MasterSettings settings, Membership membership) {
    return membership.eager().stream().map(each -> addressed(settings, each)).toList();
  }

  private static Member addressed(MasterSettings settings, Member member) {
    return settings.followers().stream()
        .filter(each -> each.name().equals(member.name()))
        .findFirst()
        .orElse(member);
  }

  Membership membership() {
    return membership;
  }

  long index() {
    return index;
  }

  /// Appends what is in force from now on.
  Entry append(Membership next, long timestampMillis, long now) {
    Entry entry =
        log.append(mandate.epoch(), timestampMillis, EntryKind.MEMBERSHIP, null, next.text(), now);
    effects.add(new MasterEffect.Write(mandate.requireLogId(), List.of(entry)));
    follow(entry, now);
    return entry;
  }

  /// An entry stands at the end of the log now. What is filled into a hole changes nothing: the
  /// master begins anew when the log is whole.
  void follow(Entry entry, long now) {
    if (entry.kind() == EntryKind.MEMBERSHIP && log.holes().isEmpty()) {
      membership = Membership.of(entry.text());
      index = entry.index();
      List<Follower> left = followers.become(addressed(settings, membership));
      left.forEach(each -> each.leaves(index, now + FAREWELL_NANOS));
      lookWhoLeaves();
      recount(now);
      effects.happened(new MasterEvent.MembersChanged(index, membership));
    }
  }

  /// Receives entries from now on, and counts when the log says so.
  Follower join(Member member) {
    Follower joining = followers.connect(member);
    joining.joins();
    lookWhoLeaves();
    connect();
    return joining;
  }

  /// Receives nothing any more.
  void giveUp(Follower joining) {
    followers.disconnect(joining);
    connect();
  }

  /// Says goodbye to those that know that they have left, or cannot be told.
  void dropDeparted(long now) {
    if (mandate.isServing()) {
      drop(each -> each.hasDeparted(now));
    }
  }

  /// Says goodbye to those that lack what is up to `index`.
  void dropDepartedBehind(long index) {
    drop(each -> each.progress().match() < index);
  }

  private void drop(Predicate<Follower> which) {
    List<Follower> dropped = departing.stream().filter(which).toList();
    if (!dropped.isEmpty()) {
      dropped.forEach(followers::disconnect);
      lookWhoLeaves();
      connect();
    }
  }

  /// When [#dropDeparted] may have something to do without an answer; `Long.MAX_VALUE` for never.
  long nextDeadlineNanos() {
    return departing.stream().mapToLong(Follower::departsNanos).min().orElse(Long.MAX_VALUE);
  }

  private void lookWhoLeaves() {
    departing = followers.connected().stream().filter(Follower::isLeaving).toList();
  }

  private void recount(long now) {
    int clusterSize = followers.clusterSize();
    ranked.resize(clusterSize);
    followers.all().forEach(each -> ranked.follower(each.place(), each.progress().match()));
    underReplicated.resize(clusterSize);
    connect();
    calls.resize(clusterSize, now);
  }

  MasterEffect.Connect connections() {
    return new MasterEffect.Connect(
        followers.all().stream().map(Follower::member).toList(),
        followers.connected().stream()
            .filter(each -> !each.isMember())
            .map(Follower::member)
            .toList());
  }

  private void connect() {
    effects.add(connections());
  }
}
