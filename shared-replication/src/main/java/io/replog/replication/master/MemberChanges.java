package io.replog.replication.master;

import io.replog.model.Entry;
import io.replog.model.Member;
import io.replog.replication.master.AddOutcome.AddRefusal;
import io.replog.replication.master.MemberOutcome.MemberRefusal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Lets nodes join and leave, one after the other: a join begins when a majority holds the change
/// before. So any majority before it and any majority behind it have a node in common beside the
/// master.
///
/// A node that joins receives everything first and is appended when it has caught up; until then
/// nothing of it is in the log, and nothing is left of it when it does not.
final class MemberChanges {

  private static final int MAX_MEMBERS = 64;

  private final Admission admission;
  private final OwnLog log;
  private final CommitIndex commit;
  private final Members members;
  private final Effects effects;

  /// The change under way, null when there is none.
  private @Nullable Change change;

  MemberChanges(
      Admission admission, OwnLog log, CommitIndex commit, Members members, Effects effects) {
    this.admission = admission;
    this.log = log;
    this.commit = commit;
    this.members = members;
    this.effects = effects;
  }

  /// A change on its way.
  ///
  /// @param call who waits for it
  /// @param joining who has to catch up before it is appended, null for nobody
  /// @param targetIndex up to which it has to
  /// @param index of the entry, 0 before it is appended
  /// @param timestampMillis wall clock of the request, milliseconds since 1970
  /// @param deadlineNanos when its caller has waited long enough, `Long.MAX_VALUE` when it has been
  ///   answered
  private record Change(
      long call,
      @Nullable Follower joining,
      long targetIndex,
      long index,
      long timestampMillis,
      long deadlineNanos) {

    static Change appended(long call, long index, long deadlineNanos) {
      return new Change(call, null, 0, index, 0, deadlineNanos);
    }

    Change of(MasterInput.Join again, long deadline) {
      return new Change(again.call(), joining, targetIndex, index, timestampMillis, deadline);
    }

    Change answered() {
      return new Change(call, joining, targetIndex, index, timestampMillis, Long.MAX_VALUE);
    }

    boolean isAnswered() {
      return deadlineNanos == Long.MAX_VALUE;
    }

    boolean isJoinOf(Member member) {
      return joining != null && joining.member().equals(member);
    }
  }

  /// A join that is asked for again goes on for whoever asked last.
  void join(MasterInput.Join join, long now) {
    Member member = join.member();
    long deadline = now + join.timeoutNanos();
    MemberOutcome refused = refusalOf(admission.refusalOfPhase());
    if (refused != null) {
      answer(join.call(), refused);
    } else if (change != null && change.isJoinOf(member)) {
      takeOver(change, change.of(join, deadline));
    } else if (member.equals(members.membership().named(member.name()))) {
      awaitMajority(join.call(), deadline);
    } else {
      begin(join, deadline, now);
    }
  }

  /// A node that leaves does not wait for others: one that joins has to ask again, and the change
  /// before may still lack its majority, since those that leave may be what it lacks. The master is
  /// in every majority.
  void leave(MasterInput.Leave leave, long now) {
    MemberOutcome refused = refusalOf(admission.refusalOfPhase());
    if (refused == null && members.membership().named(leave.name()) == null) {
      refused = refused(MemberRefusal.NOT_A_MEMBER, nobody(leave.name()));
    }
    if (refused == null) {
      refused = refusalOf(refusalOfDisk());
    }
    if (refused != null) {
      answer(leave.call(), refused);
      return;
    }
    giveWay(leave.name());
    Entry entry =
        members.append(members.membership().without(leave.name()), leave.timestampMillis(), now);
    change = Change.appended(leave.call(), entry.index(), now + leave.timeoutNanos());
  }

  /// Looks whether the change under way can go on. Called whenever something was proven or failed.
  void consider(long now) {
    if (change == null) {
      return;
    }
    if (change.index() == 0) {
      catchUp(change, now);
    } else if (commit.index() >= change.index()) {
      finish(change, new MemberOutcome.Changed(members.index(), members.membership(), false));
    }
  }

  /// Answers whoever has waited long enough.
  void expire(long now) {
    if (change == null || change.deadlineNanos() > now) {
      return;
    }
    if (change.index() == 0) {
      refuse(change, notCaughtUp(change));
    } else {
      answer(change.call(), pending(change));
      change = change.answered();
    }
  }

  long nextDeadlineNanos() {
    return change == null ? Long.MAX_VALUE : change.deadlineNanos();
  }

  /// Whether nothing up to `index` may go now, because the last entry about the members is among
  /// it, or stands behind it and is not on every node yet. In the first case the members are said
  /// again at the end of the log.
  ///
  /// @param limit what no node lacks
  boolean keeps(long index, long limit, long now) {
    boolean isAmong = members.index() > 0 && members.index() <= index;
    if (isAmong && change == null && members.index() <= commit.index() && isAppending()) {
      members.append(members.membership().restated(), 0, now);
    }
    return isAmong || members.index() > limit;
  }

  /// Tells no longer that it has left to whoever lacks what is released.
  void letGoBehind(long index) {
    members.dropDepartedBehind(index);
  }

  /// Nothing more will be appended here.
  void abandon(String why) {
    if (change == null) {
      return;
    }
    if (change.index() == 0) {
      refuse(change, refused(MemberRefusal.NOT_WRITABLE, why));
    } else {
      finish(change, new MemberOutcome.Pending(change.index(), why));
    }
  }

  private void begin(MasterInput.Join join, long deadline, long now) {
    Member member = join.member();
    MemberOutcome refused = refusalToBegin(member);
    if (refused != null) {
      answer(join.call(), refused);
    } else if (member.isEager()) {
      change =
          new Change(
              join.call(),
              members.join(member),
              log.durableIndex(),
              0,
              join.timestampMillis(),
              deadline);
    } else {
      Entry entry = members.append(members.membership().with(member), join.timestampMillis(), now);
      change = Change.appended(join.call(), entry.index(), deadline);
    }
  }

  private @Nullable MemberOutcome refusalToBegin(Member member) {
    if (change != null || members.index() > commit.index()) {
      return refused(MemberRefusal.BUSY, busy());
    }
    String conflict = conflictOf(member);
    if (conflict != null) {
      return refused(MemberRefusal.CONFLICT, conflict);
    }
    return member.isEager() ? null : refusalOf(admission.refusal());
  }

  /// The members are as somebody wants them; a majority may not hold the entry that says so yet.
  private void awaitMajority(long call, long deadline) {
    if (members.index() <= commit.index()) {
      answer(call, new MemberOutcome.Changed(members.index(), members.membership(), true));
    } else {
      takeOver(change, Change.appended(call, members.index(), deadline));
    }
  }

  private void takeOver(@Nullable Change before, Change after) {
    if (before != null && !before.isAnswered()) {
      answer(before.call(), superseded(before));
    }
    change = after;
  }

  private void giveWay(String leaving) {
    if (change != null && change.index() == 0) {
      refuse(
          change,
          refused(MemberRefusal.BUSY, leaving + " leaves at this moment: ask to join again"));
    } else if (change != null) {
      finish(change, superseded(change));
    }
  }

  private static MemberOutcome superseded(Change before) {
    return before.index() == 0
        ? refused(MemberRefusal.BUSY, "the same was asked for again, and that call goes on")
        : pending(before);
  }

  private void catchUp(Change waiting, long now) {
    Follower joining = waiting.joining();
    if (joining == null) {
      return;
    }
    if (joining.progress().isLeftOut()) {
      String why = joining.name() + " cannot hold this log: " + joining.lastError();
      refuse(waiting, refused(MemberRefusal.UNFIT, why));
    } else if (joining.progress().hasCaughtUp(waiting.targetIndex()) && isAppending()) {
      Entry entry =
          members.append(
              members.membership().with(joining.member()), waiting.timestampMillis(), now);
      change = Change.appended(waiting.call(), entry.index(), waiting.deadlineNanos());
    }
  }

  private boolean isAppending() {
    return admission.refusal() == null;
  }

  private @Nullable String conflictOf(Member member) {
    Member known = members.membership().named(member.name());
    if (known != null) {
      return "%s is a member at %s with feed %s; it has to leave before it joins as another one"
          .formatted(known.name(), known.url(), known.feed());
    }
    for (Member other : members.membership().members()) {
      if (other.url().equals(member.url())) {
        return "%s belongs to the member %s".formatted(other.url(), other.name());
      }
    }
    return members.membership().members().size() < MAX_MEMBERS
        ? null
        : "a cluster has at most " + MAX_MEMBERS + " members beside the master";
  }

  private static @Nullable MemberOutcome refusalOf(AddOutcome.@Nullable Refused refused) {
    if (refused == null) {
      return null;
    }
    MemberRefusal refusal =
        refused.refusal() == AddRefusal.FULL ? MemberRefusal.FULL : MemberRefusal.NOT_WRITABLE;
    return refused(refusal, refused.detail());
  }

  /// A master that has lost its majority must be able to let the lost ones go.
  private AddOutcome.@Nullable Refused refusalOfDisk() {
    AddOutcome.Refused refused = admission.refusalOfAppend();
    return refused == null || refused.refusal() == AddRefusal.NO_QUORUM ? null : refused;
  }

  private String busy() {
    Follower joining = change == null ? null : change.joining();
    String what = joining == null ? members.membership().reason() : joining.name() + " joins";
    return "another change of the members is under way (%s): try again when it is over, or let those leave that it waits for"
        .formatted(what);
  }

  private String nobody(String name) {
    return name
        + " is no member; members are "
        + String.join(", ", members.membership().members().stream().map(Member::name).toList());
  }

  /// What a join has waited for in vain.
  private MemberOutcome notCaughtUp(Change waiting) {
    Follower joining = Objects.requireNonNull(waiting.joining());
    MemberOutcome notWritable = refusalOf(admission.refusal());
    if (notWritable != null && joining.progress().hasCaughtUp(waiting.targetIndex())) {
      return notWritable;
    }
    String error = joining.lastError();
    String why = error == null ? "" : " (" + error + ")";
    return refused(
        MemberRefusal.NOT_CAUGHT_UP,
        joining.wasHeard()
            ? "%s holds #%d, and had to reach #%d in time%s; it keeps what it has, and nothing was changed"
                .formatted(joining.name(), joining.progress().match(), waiting.targetIndex(), why)
            : "%s gave no usable answer in time%s; nothing was changed"
                .formatted(joining.name(), why));
  }

  private static MemberOutcome pending(Change appended) {
    return new MemberOutcome.Pending(
        appended.index(),
        "the change is entry #%d and in force; no majority was known to hold it in time"
            .formatted(appended.index()));
  }

  private void refuse(Change given, MemberOutcome outcome) {
    if (given.joining() != null) {
      members.giveUp(given.joining());
    }
    finish(given, outcome);
  }

  private void finish(Change over, MemberOutcome outcome) {
    change = null;
    if (!over.isAnswered()) {
      answer(over.call(), outcome);
    }
  }

  private static MemberOutcome refused(MemberRefusal refusal, String detail) {
    return new MemberOutcome.Refused(refusal, detail);
  }

  private void answer(long call, MemberOutcome outcome) {
    effects.add(new MasterEffect.AnswerMembers(call, outcome));
  }
}
