package io.replog.replication.follower;

import static io.replog.replication.BrokenInvariantException.check;

import io.replog.model.Entry;
import io.replog.model.HeartbeatRequest;
import io.replog.model.Promise;
import io.replog.model.RefusalReason;
import io.replog.model.ReplicateRequest;
import io.replog.replication.Holes;
import io.replog.replication.LogView;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The follower's state machine. Owned by one thread, which feeds it one input at a time, carries
/// out the effects in order and calls it again at [#nextDeadlineNanos] at the latest.
///
/// It only connects: whom to obey is decided by [Claim], what to do with a batch by [Batches], with
/// a plain message by [PlainForm], and [Replies] answers.
public final class FollowerCore {

  private final FollowerSettings settings;
  private final Effects effects = new Effects();
  private final OwnLog log;
  private final Claim claim;
  private final Faults faults;
  private final HeldBatches heldBatches;
  private final HeldMessages heldMessages;
  private final Replies replies;
  private final Batches batches;
  private final PlainForm plainForm;

  /// Last index that a majority holds, as far as this node knows; never falls. Behind the own end
  /// only while there is a hole in front of it.
  private long commitIndex;

  /// Why everything is refused, null while this node runs.
  private @Nullable String stopped;

  /// Time of the last step; time never runs backwards.
  private long lastStepNanos;

  /// @param nowNanos time of creation on the same clock as every later `nowNanos`
  public FollowerCore(
      FollowerSettings settings, RecoveredFollower recovered, LogView log, long nowNanos) {
    this.settings = settings;
    this.lastStepNanos = nowNanos;
    Holes holes = new Holes(recovered.holes());
    this.commitIndex =
        holes.isEmpty()
            ? Math.min(recovered.commitIndex(), recovered.end().index())
            : recovered.commitIndex();
    this.log = new OwnLog(log, recovered.end(), holes, settings.delayNanos());
    this.claim = new Claim(recovered.promise(), recovered.end(), recovered.logId());
    this.faults = new Faults(holes, effects);
    this.heldBatches = new HeldBatches(settings);
    this.heldMessages = new HeldMessages(settings);
    boolean holdsNothing = recovered.end().index() == 0 && holes.isEmpty();
    String heldLogId = holdsNothing ? null : recovered.logId();
    this.replies = new Replies(settings, this.log, claim, faults, heldLogId, effects);
    this.batches = new Batches(this.log, claim, faults, heldBatches, replies, effects);
    this.plainForm = new PlainForm(settings, this.log, faults, heldMessages, replies);
  }

  /// Takes one input and says what to do.
  ///
  /// @param nowNanos monotonic time, never less than at the step before
  /// @throws io.replog.replication.BrokenInvariantException if state and input contradict each
  ///   other; the node must stop
  public List<FollowerEffect> step(FollowerInput input, long nowNanos) {
    check(nowNanos >= lastStepNanos, "time runs backwards");
    lastStepNanos = nowNanos;
    handle(input, nowNanos);
    writeDue(nowNanos);
    replies.acceptDurable(nowNanos);
    advanceCommit();
    return effects.drain();
  }

  /// When [FollowerInput.Tick] is due at the latest; `Long.MAX_VALUE` when never.
  public long nextDeadlineNanos() {
    return Math.min(log.nextDueNanos(), heldBatches.nextExpiryNanos());
  }

  /// A picture of this moment.
  public FollowerView view(long nowNanos) {
    Promise promise = claim.promise();
    return new FollowerView(
        replies.standing(),
        Math.min(commitIndex, log.durableIndex()),
        claim.masterCommitIndex(),
        claim.masterIndex(),
        claim.contactNanos(nowNanos),
        promise == null ? null : promise.startId(),
        log.delayedEntries(),
        heldBatches.entries() + heldMessages.entries());
  }

  private void handle(FollowerInput input, long now) {
    switch (input) {
      case FollowerInput.Replicate replicate -> replicate(replicate, now);
      case FollowerInput.Plain plain -> plain(plain, now);
      case FollowerInput.Heartbeat heartbeat -> heartbeat(heartbeat, now);
      case FollowerInput.Cancel cancel -> replies.cancel(cancel.call());
      case FollowerInput.Durable durable -> durable(durable.index(), now);
      case FollowerInput.PromisePersisted persisted -> promised(persisted.promise());
      case FollowerInput.LogFailed failed ->
          stop("the log of this node has failed: " + failed.error());
      case FollowerInput.DiskFull full -> faults.full(full.full());
      case FollowerInput.DelayChanged changed -> changeDelay(changed, now);
      case FollowerInput.DoesNotJoin found -> doesNotJoin(found.what());
      case FollowerInput.Tick _ -> batches.expire(now);
      case FollowerInput.Stop _ -> stop("this node is stopping");
    }
  }

  private void replicate(FollowerInput.Replicate input, long now) {
    ReplicateRequest request = input.request();
    Refusal refusal = refusalOf(request);
    if (refusal != null) {
      replies.refuse(input.call(), refusal);
      return;
    }
    if (claim.isNew(request)) {
      obey(new Promise(request.epoch(), request.startId(), request.logId()));
    }
    claim.hear(request.durableIndex(), request.commitIndex(), now);
    batches.take(input.call(), request, now);
  }

  private @Nullable Refusal refusalOf(ReplicateRequest request) {
    Refusal refusal = refusalOfAll(request.clusterId());
    return refusal != null ? refusal : claim.refusal(request, replies.heldLogId());
  }

  private @Nullable Refusal refusalOfAll(String clusterId) {
    if (stopped != null) {
      return new Refusal(RefusalReason.STOPPING, stopped);
    }
    return settings.clusterId().equals(clusterId)
        ? null
        : new Refusal(
            RefusalReason.OTHER_CLUSTER,
            "this node belongs to cluster " + settings.clusterId() + ", not to " + clusterId);
  }

  /// Binds this follower to a newer master. What an older one sent and is not yet written is
  /// forgotten; the newer one sends it again if it belongs to the log. So is what hands have put
  /// ahead of a gap.
  private void obey(Promise promise) {
    heldMessages.clear();
    batches.dropAll(RefusalReason.STALE_EPOCH, "epoch " + promise.epoch() + " has begun");
    claim.promise(promise);
    faults.diverge(null);
    effects.add(new FollowerEffect.PersistPromise(promise));
  }

  private void promised(Promise promise) {
    claim.persisted(promise);
    effects.happened(new FollowerEvent.Promised(promise));
  }

  private void plain(FollowerInput.Plain plain, long now) {
    Refusal refusal = refusalOfAll(settings.clusterId());
    if (refusal != null) {
      replies.refuse(plain.call(), refusal);
    } else if (claim.promise() != null) {
      replies.refuse(
          plain.call(), RefusalReason.OTHER_WRITER, "a master has claimed this follower");
    } else if (faults.corruption() != null) {
      replies.refuse(plain.call(), RefusalReason.CORRUPT, faults.corruption());
    } else {
      plainForm.take(plain, now);
    }
  }

  private void heartbeat(FollowerInput.Heartbeat input, long now) {
    HeartbeatRequest request = input.request();
    if (stopped != null) {
      replies.refuse(input.call(), RefusalReason.STOPPING, stopped);
    } else if (!settings.clusterId().equals(request.clusterId())) {
      replies.refuse(
          input.call(),
          RefusalReason.OTHER_CLUSTER,
          "this node belongs to cluster " + settings.clusterId());
    } else {
      if (claim.isOf(request.epoch(), request.startId())) {
        claim.hear(request.durableIndex(), request.commitIndex(), now);
        claim.hearFirstIndex(request.firstIndex());
        release();
      }
      replies.accept(input.call());
    }
  }

  /// Keeps what the master keeps, and what is not known to be the same there.
  private void release() {
    long known = Math.min(claim.provenCommitIndex(), log.durableIndex());
    long through = Math.min(claim.firstIndex() - 1, known);
    if (through > log.releasedIndex()) {
      log.letGo(through);
      effects.add(new FollowerEffect.Release(through));
    }
  }

  private void durable(long index, long now) {
    long before = log.durableIndex();
    long written = Math.min(index, log.writtenIndex());
    boolean closed = log.durable(index);
    if (written > before) {
      effects.happened(new FollowerEvent.BecameDurable(before + 1, written));
    }
    if (closed) {
      effects.happened(new FollowerEvent.HoleClosed(index));
      faults.heal(log.holes());
      batches.takeHeld(now);
    }
  }

  private void changeDelay(FollowerInput.DelayChanged changed, long now) {
    log.changeDelay(changed, now);
    effects.happened(new FollowerEvent.DelayChanged(changed.delayNanos(), changed.jitterNanos()));
  }

  private void doesNotJoin(String what) {
    faults.doesNotJoin(what);
    batches.dropAll(RefusalReason.DIVERGED, what);
  }

  private void stop(String why) {
    stopped = why;
    heldMessages.clear();
    batches.dropAll(RefusalReason.STOPPING, why);
  }

  private void writeDue(long now) {
    List<Entry> due = log.release(now);
    if (!due.isEmpty()) {
      replies.handedOver(due.getLast().index(), now);
      effects.add(new FollowerEffect.Write(Objects.requireNonNull(replies.heldLogId()), due));
    }
  }

  private void advanceCommit() {
    long known = Math.min(claim.provenCommitIndex(), log.durableIndex());
    if (known > commitIndex) {
      commitIndex = known;
      effects.add(new FollowerEffect.PersistCommit(commitIndex));
      effects.happened(new FollowerEvent.Committed(commitIndex));
    }
  }
}
