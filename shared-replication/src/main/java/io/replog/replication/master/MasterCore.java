package io.replog.replication.master;

import static io.replog.replication.BrokenInvariantException.check;

import io.replog.model.Entry;
import io.replog.model.HeartbeatRequest;
import io.replog.model.Member;
import io.replog.model.RefusalReason;
import io.replog.model.ReplicaStatus;
import io.replog.model.Standing;
import io.replog.model.WriteConcern;
import io.replog.replication.Backoff;
import io.replog.replication.Holes;
import io.replog.replication.LogView;
import io.replog.replication.master.AddOutcome.UnmetReason;
import java.util.List;

/// The master's state machine. Owned by one thread, which feeds it one input at a time, carries out
/// the effects in order and calls it again at [#nextDeadlineNanos] at the latest.
///
/// It only connects: who may begin is decided by [MasterStart], whether to append by [Admission]
/// and [Adds], what each follower is sent by [FollowerProgress], what that proves by [RankedMatch],
/// and who is answered by [Calls].
public final class MasterCore {

  private final MasterSettings settings;
  private final Effects effects = new Effects();
  private final Requests requests = new Requests();
  private final OwnLog log;
  private final Mandate mandate;
  private final RankedMatch ranked;
  private final CommitIndex commit;
  private final UnderReplicated underReplicated;
  private final Followers followers;
  private final Members members;
  private final MemberChanges changes;
  private final IdempotencyTable keys;
  private final Admission admission;
  private final Calls calls;
  private final Adds adds;
  private final MasterStart start;
  private final Release release;
  private final HeartbeatSchedule heartbeats;

  /// Time of the last step; time never runs backwards.
  private long lastStepNanos;

  /// @param nowNanos time of creation on the same clock as every later `nowNanos`
  public MasterCore(
      MasterSettings settings,
      RecoveredMaster recovered,
      LogView log,
      Backoff backoff,
      long nowNanos) {
    this.settings = settings;
    this.lastStepNanos = nowNanos;
    Holes holes = new Holes(recovered.holes());
    this.log = new OwnLog(log, recovered.end(), holes);
    this.mandate =
        new Mandate(
            MasterStart.firstPhase(recovered),
            recovered.logId(),
            "asking the followers where they stand",
            effects);
    List<Member> counted = Members.addressed(settings, Members.first(settings, recovered));
    int clusterSize = counted.size() + 1;
    this.ranked = new RankedMatch(clusterSize);
    this.ranked.master(recovered.end().index());
    long committed = Math.min(recovered.commitIndex(), recovered.end().index());
    this.commit = new CommitIndex(ranked, committed, effects);
    this.underReplicated = new UnderReplicated(ranked, clusterSize);
    this.underReplicated.told(WriteConcern.majorityOf(clusterSize), committed);
    this.followers = new Followers(counted, member -> follower(member, this.commit, backoff));
    this.keys =
        new IdempotencyTable(settings.idempotencyEntries(), this.log::entryAt, settings.startId());
    this.admission = new Admission(settings, mandate, this.log, followers, effects);
    this.calls = new Calls(ranked, underReplicated, clusterSize, effects);
    this.adds = new Adds(mandate, admission, this.log, keys, calls, effects);
    this.members =
        new Members(
            settings,
            recovered,
            this.log,
            mandate,
            followers,
            ranked,
            underReplicated,
            calls,
            effects);
    this.changes = new MemberChanges(admission, this.log, commit, members, effects);
    this.start =
        new MasterStart(
            settings, recovered, this.log, mandate, followers, keys, members, backoff, effects);
    this.release = new Release(mandate, this.log, commit, followers, keys, changes, effects);
    this.heartbeats = new HeartbeatSchedule(settings.heartbeatNanos(), nowNanos);
  }

  /// Puts one recovered entry into the idempotency table. Called for the last entries of the log,
  /// oldest first, before the first step.
  public void remember(Entry entry) {
    keys.remember(entry);
  }

  /// Takes one input and says what to do.
  ///
  /// @param nowNanos monotonic time, never less than at the step before
  /// @throws io.replog.replication.BrokenInvariantException if state and input contradict each
  ///   other; the node must stop
  public List<MasterEffect> step(MasterInput input, long nowNanos) {
    check(nowNanos >= lastStepNanos, "time runs backwards");
    lastStepNanos = nowNanos;
    handle(input, nowNanos);
    return effects.drain();
  }

  /// When [MasterInput.Tick] is due at the latest.
  public long nextDeadlineNanos() {
    if (mandate.isStopped()) {
      return Long.MAX_VALUE;
    }
    long due = Math.min(heartbeats.dueNanos(), calls.nextDeadlineNanos());
    due = Math.min(due, start.nextDeadlineNanos(lastStepNanos));
    if (mandate.isServing()) {
      due = Math.min(due, Math.min(changes.nextDeadlineNanos(), members.nextDeadlineNanos()));
      for (Follower follower : followers.connected()) {
        due = Math.min(due, follower.progress().nextSendNanos(isPaced(follower)));
      }
    }
    return due;
  }

  /// A picture of this moment.
  public MasterView view(long nowNanos) {
    AddOutcome.Refused refusal = admission.refusal();
    return new MasterView(
        mandate.phase(),
        mandate.logId(),
        mandate.epoch(),
        release.firstIndex(),
        release.limit(),
        log.lastIndex(),
        log.durableIndex(),
        commit.index(),
        underReplicated.entries(),
        refusal == null,
        refusal == null ? null : refusal.refusal(),
        refusal == null ? null : refusal.detail(),
        members.membership(),
        members.index(),
        calls.blocked(),
        followers.connected().stream().map(each -> each.view(log.lastIndex(), nowNanos)).toList());
  }

  /// Whom to have connections to at the beginning, and how many nodes count; later
  /// [MasterEffect.Connect] says so.
  public MasterEffect.Connect connections() {
    return members.connections();
  }

  /// How many nodes are known to hold `index` durably, this one included.
  public int acksOf(long index) {
    return ranked.nodesHolding(index);
  }

  /// Adds that wait for followers, lowest index first, `atMost` of them.
  public List<BlockedCall> oldestBlocked(int atMost) {
    return calls.oldestBlocked(atMost);
  }

  private void handle(MasterInput input, long now) {
    switch (input) {
      case MasterInput.Add add -> adds.add(add, now);
      case MasterInput.AddAll bulk -> adds.addAll(bulk, now);
      case MasterInput.WaitForAcks wait -> calls.enter(wait, mandate.isStopped(), now);
      case MasterInput.Cancel cancel -> calls.cancel(cancel.call());
      case MasterInput.Durable durable -> durable(durable.index(), now);
      case MasterInput.DoesNotJoin found -> start.doesNotJoin(found.what());
      case MasterInput.PromisePersisted persisted -> promised(persisted, now);
      case MasterInput.LogFailed failed -> logFailed(failed.error(), now);
      case MasterInput.Damaged damaged -> damaged(damaged.what(), now);
      case MasterInput.DiskFull full -> admission.diskFull(full.full());
      case MasterInput.BatchSent sent -> sent(sent, now);
      case MasterInput.Acknowledged acknowledged -> acknowledged(acknowledged, now);
      case MasterInput.Refused refused -> refused(refused, now);
      case MasterInput.SendFailed failed -> sendFailed(failed, now);
      case MasterInput.HeartbeatAnswered answered -> heartbeatAnswered(answered, now);
      case MasterInput.HeartbeatFailed failed -> heartbeatFailed(failed);
      case MasterInput.Pulled pulled -> start.pulled(pulled.follower(), pulled.entries(), now);
      case MasterInput.PulledBase pulled -> pulledBase(pulled, now);
      case MasterInput.Release wanted -> release.ask(wanted.base(), now);
      case MasterInput.Released done -> release.released(done.base());
      case MasterInput.PullFailed failed ->
          start.pullFailed(failed.follower(), failed.error(), failed.refused(), now);
      case MasterInput.Adopt adopt -> start.adopt(adopt.call(), adopt.without());
      case MasterInput.Join join -> join(join, now);
      case MasterInput.Leave leave -> leave(leave, now);
      case MasterInput.Tick _ -> tick(now);
      case MasterInput.Stop _ -> stop(now);
    }
  }

  private void durable(long index, long now) {
    long before = log.durableIndex();
    long written = Math.min(index, log.lastIndex());
    boolean closed = log.durable(index);
    ranked.master(index);
    if (written > before) {
      effects.happened(new MasterEvent.BecameDurable(before + 1, written));
    }
    if (closed) {
      effects.happened(new MasterEvent.HoleClosed(index));
    }
    start.durable(now);
    held(now);
    sendToAll(now);
  }

  private void pulledBase(MasterInput.PulledBase pulled, long now) {
    start.pulledBase(pulled.follower(), pulled.base(), now);
    release.begun();
  }

  private void promised(MasterInput.PromisePersisted persisted, long now) {
    start.promisePersisted(persisted.promise());
    sendToAll(now);
  }

  private void sent(MasterInput.BatchSent sent, long now) {
    Follower follower = followers.find(sent.follower(), sent.batch());
    if (follower == null) {
      return;
    }
    follower.progress().left(sent.batch(), sent.lastIndex(), sent.bytes());
    settle(follower, now);
  }

  private void acknowledged(MasterInput.Acknowledged input, long now) {
    Follower follower = followers.find(input.follower(), input.batch());
    if (follower == null) {
      return;
    }
    boolean counts = heard(follower, input.batch(), input.standing(), now);
    if (counts && mandate.isServing()) {
      follower.progress().acknowledged(input.batch(), input.standing(), now);
    }
    settle(follower, now);
  }

  private void refused(MasterInput.Refused input, long now) {
    Follower follower = followers.find(input.follower(), input.batch());
    if (follower == null) {
      return;
    }
    boolean counts = heard(follower, input.batch(), input.standing(), now);
    if (input.reason() == RefusalReason.STALE_EPOCH && isOfThisLog(input.standing())) {
      fence(follower, input.standing(), now);
    }
    if (counts && mandate.isServing()) {
      follower.progress().refused(input.batch(), input.reason(), input.standing(), now);
    }
    settle(follower, now);
  }

  private void sendFailed(MasterInput.SendFailed input, long now) {
    Follower follower = followers.find(input.follower(), input.batch());
    if (follower == null) {
      return;
    }
    follower.progress().failed(input.batch(), input.kind(), input.error(), now);
    settle(follower, now);
  }

  private void heartbeatAnswered(MasterInput.HeartbeatAnswered input, long now) {
    Follower follower = followers.find(input.follower(), input.beat());
    if (follower == null) {
      return;
    }
    boolean counts = heard(follower, input.beat(), input.standing(), now);
    ReplicaStatus before = follower.health().status();
    follower.health().answer(input.beat(), now);
    reportStatus(follower, before);
    if (counts) {
      follower.progress().heard(input.standing(), before, now);
    }
    start.consider(now);
    settle(follower, now);
  }

  private void heartbeatFailed(MasterInput.HeartbeatFailed input) {
    Follower follower = followers.find(input.follower(), input.beat());
    if (follower == null) {
      return;
    }
    ReplicaStatus before = follower.health().status();
    follower.beatFailed(input.beat(), input.error());
    reportStatus(follower, before);
  }

  private void tick(long now) {
    if (mandate.isStopped()) {
      return;
    }
    if (heartbeats.isDue(now)) {
      followers.connected().forEach(follower -> beat(follower, now));
    }
    start.consider(now);
    calls.expire(now);
    changes.expire(now);
    members.dropDeparted(now);
    sendToAll(now);
  }

  private void stop(long now) {
    if (!mandate.isStopped()) {
      mandate.become(MasterPhase.STOPPED, "the master is stopping");
    }
    start.abandon("the master is stopping");
    changes.abandon("the master is stopping");
    calls.dismiss(UnmetReason.STOPPING, now);
  }

  /// Asks whoever joins where it stands without waiting for the next heartbeat.
  private void join(MasterInput.Join join, long now) {
    changes.join(join, now);
    followers.connected().stream()
        .filter(each -> !each.isMember() && !each.wasHeard())
        .forEach(each -> beat(each, now));
    held(now);
    sendToAll(now);
  }

  private void leave(MasterInput.Leave leave, long now) {
    changes.leave(leave, now);
    admission.lookAtQuorum();
    held(now);
    sendToAll(now);
  }

  private void logFailed(String error, long now) {
    mandate.logFailed(error);
    start.abandon("the log of this node has failed: " + error);
    changes.abandon("the log of this node has failed: " + error);
    calls.dismiss(UnmetReason.LOG_FAILED, now);
  }

  private void damaged(String what, long now) {
    mandate.damaged(what);
    start.abandon(what);
    changes.abandon(what);
    calls.dismiss(UnmetReason.CORRUPT, now);
  }

  /// Notes what a follower says of itself, whatever it answers to. Returns whether it is from the
  /// incarnation that counts.
  private boolean heard(Follower follower, long request, Standing standing, long now) {
    boolean counts = follower.heard(request, standing, now);
    count(follower);
    if (isOfThisLog(standing) && standing.promisedEpoch() > mandate.epoch()) {
      fence(follower, standing, now);
    }
    return counts;
  }

  private boolean isOfThisLog(Standing standing) {
    return standing.logId() != null && standing.logId().equals(mandate.logId());
  }

  private void fence(Follower follower, Standing standing, long now) {
    if (mandate.isServing()) {
      mandate.become(
          MasterPhase.FENCED,
          follower.name()
              + " has promised epoch "
              + standing.promisedEpoch()
              + " to another master, this one has epoch "
              + mandate.epoch());
      changes.abandon(follower.name() + " has promised a later epoch to another master");
      calls.dismiss(UnmetReason.FENCED, now);
    }
  }

  private void beat(Follower follower, long now) {
    long number = requests.next();
    ReplicaStatus before = follower.health().status();
    follower.health().beatLeaves(number, now);
    reportStatus(follower, before);
    HeartbeatRequest request =
        new HeartbeatRequest(
            settings.clusterId(),
            mandate.logId(),
            mandate.epoch(),
            settings.startId(),
            log.durableIndex(),
            commit.index(),
            release.firstIndex());
    effects.add(new MasterEffect.Beat(follower.name(), number, request));
  }

  private void reportStatus(Follower follower, ReplicaStatus before) {
    ReplicaStatus after = follower.health().status();
    if (after != before) {
      effects.happened(
          new MasterEvent.StatusChanged(follower.name(), before, after, calls.blocked()));
    }
    admission.lookAtQuorum();
  }

  /// Draws the consequences of what one follower has proven or failed to.
  private void settle(Follower follower, long now) {
    count(follower);
    held(now);
    sendTo(follower, now);
    admission.lookAtQuorum();
  }

  private void count(Follower follower) {
    if (follower.isMember()) {
      ranked.follower(follower.place(), follower.progress().match());
    }
  }

  /// The commit index first: who is answered may read at once what a majority holds.
  private void held(long now) {
    commit.advance(followers.majority());
    underReplicated.told(followers.majority(), commit.index());
    calls.release(now);
    changes.consider(now);
    members.dropDeparted(now);
  }

  private void sendToAll(long now) {
    followers.connected().forEach(follower -> sendTo(follower, now));
  }

  private void sendTo(Follower follower, long now) {
    if (mandate.isServing() && followers.isConnected(follower)) {
      MasterEffect.Send send = follower.progress().nextSend(isPaced(follower), now);
      if (send != null) {
        effects.add(send);
      }
      follower.progress().reportState();
    }
  }

  /// Whether it is far behind and there is no haste: it is a member already, the nodes that keep up
  /// are a majority and enough for each call that waits, and nobody was told more than they hold.
  private boolean isPaced(Follower follower) {
    if (!follower.progress().isFarBehind() || !follower.isMember()) {
      return false;
    }
    int keepUp = followers.nodesThatKeepUp();
    return keepUp >= followers.majority()
        && !calls.anyNeedsMoreThan(keepUp)
        && underReplicated.entries() == 0;
  }

  private Follower follower(Member member, CommitIndex committed, Backoff backoff) {
    return new Follower(
        member,
        requests.last(),
        new FollowerProgress(
            member.name(), settings, log, mandate, committed, requests, backoff, effects));
  }
}
