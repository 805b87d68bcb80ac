package io.replog.replication.master;

import io.replog.model.FollowerFault;
import io.replog.model.Position;
import io.replog.model.RefusalReason;
import io.replog.model.ReplicaState;
import io.replog.model.ReplicaStatus;
import io.replog.model.Standing;
import io.replog.replication.Backoff;
import org.jspecify.annotations.Nullable;

/// How far one follower is, and what it is sent next.
///
/// It begins by *probing*: one request at a time, without entries, to find out where the follower
/// stands; after each failure the next one waits for its back-off. An acknowledged probe leads to
/// *replicating*: batches leave as the window allows, each right behind the one before, small ones
/// when [Gathering] lets them. Whatever goes wrong leads back to probing, and what was in flight
/// counts as lost.
///
/// Invariants:
/// - `match < next`, and `match` is at most the master's durable index;
/// - `match` moves only by an answer to a request, from the current incarnation, whose position
///   equals the master's own; within an epoch and an incarnation it falls only when the follower
///   itself shows that it lost what it had acknowledged;
/// - while probing, at most one request is in flight.
final class FollowerProgress {

  private static final long FAULT_RETRY_NANOS = 5_000_000_000L;

  private final String name;
  private final MasterSettings settings;
  private final OwnLog log;
  private final Mandate mandate;
  private final CommitIndex commit;
  private final Requests requests;
  private final Effects effects;
  private final InFlight inFlight;
  private final Retry retry;
  private final CatchUpPace pace = new CatchUpPace();
  private final Gathering gathering;

  private final Incarnation incarnation = new Incarnation();

  /// Highest index proven durable on this follower. Starts at 0.
  private long match;

  /// Last request that had left when `match` last rose: the answer to a later one cannot honestly
  /// show less.
  private long matchProvenAt;

  /// Next index to send. Starts at 1.
  private long next = 1;

  private boolean probing = true;

  /// Where it says to stand, for the first probe; nothing but a hint.
  private long hintIndex;

  /// Why it acknowledges nothing, null when it does.
  private @Nullable ReplicaState fault;

  /// Whether the follower itself has reported `fault`.
  private boolean faultReported;

  /// What is damaged there, in its own words; null when nothing is. It is sent what it lacks like
  /// one that is behind, and what it proves counts.
  private @Nullable String damage;

  private @Nullable String lastError;
  private long delayNanos;
  private ReplicaState state = ReplicaState.CATCHING_UP;

  FollowerProgress(
      String name,
      MasterSettings settings,
      OwnLog log,
      Mandate mandate,
      CommitIndex commit,
      Requests requests,
      Backoff backoff,
      Effects effects) {
    this.name = name;
    this.settings = settings;
    this.log = log;
    this.mandate = mandate;
    this.commit = commit;
    this.requests = requests;
    this.retry = new Retry(backoff);
    this.effects = effects;
    this.gathering = new Gathering(settings.maxBatchEntries());
    this.inFlight =
        new InFlight(settings.window(), settings.maxWindow(), settings.maxInFlightBytes());
  }

  /// A batch or probe is on its way.
  void left(long batch, long lastIndex, long bytes) {
    Batch left = inFlight.left(batch, lastIndex, bytes);
    if (left != null && !left.isProbe()) {
      next = lastIndex + 1;
      effects.happened(
          new MasterEvent.Sent(name, left.previousIndex() + 1, lastIndex, retry.failures() + 1));
    }
  }

  /// Whether an answer is from the incarnation that counts. A new one makes everything known about
  /// the follower void. Asked of every answer, whatever the phase, before anything is concluded.
  boolean recognises(long request, Standing standing) {
    if (incarnation.isOutdated(request, standing.incarnation())) {
      return false;
    }
    if (incarnation.replacedBy(standing.incarnation(), requests.last())) {
      effects.happened(new MasterEvent.IncarnationChanged(name, match));
      startOver();
    } else if (request > matchProvenAt && standing.position().index() < match) {
      long lost = match - standing.position().index();
      startOver();
      lastError = name + " lost " + lost + " entries that it had acknowledged";
      effects.happened(new MasterEvent.FollowerFailed(name, SendFailure.FAILED, lastError, 0, 0));
    }
    damage = standing.fault() == FollowerFault.CORRUPT ? damageOf(standing) : null;
    hintIndex = standing.position().index();
    delayNanos = standing.delayMillis() * 1_000_000;
    return true;
  }

  /// A batch was acknowledged by the incarnation that counts; that of a batch given up for lost
  /// counts as well.
  void acknowledged(long number, Standing standing, long now) {
    prove(inFlight.settle(number), standing, now);
  }

  /// A batch was refused by the incarnation that counts.
  void refused(long number, RefusalReason reason, Standing standing, long now) {
    Batch batch = inFlight.settle(number);
    if (batch == null) {
      return;
    }
    String why = standing.error() == null ? name + " refused: " + reason : standing.error();
    switch (reason) {
      case GAP -> resume(standing, now);
      case FULL -> standAside(ReplicaState.FULL, why, now);
      case DIVERGED -> standAside(ReplicaState.DIVERGED, divergence(standing, why), now);
      case CORRUPT -> fail(SendFailure.FAILED, why, now);
      case OTHER_LOG, OTHER_CLUSTER, STALE_EPOCH -> standAside(ReplicaState.OTHER_LOG, why, now);
      case OTHER_WRITER -> fail(SendFailure.FAILED, why, now);
      case STOPPING -> fail(SendFailure.UNREACHED, why, now);
    }
    faultReported = fault != null && standing.fault() != null;
  }

  /// A batch met with no usable answer. Only the first failure of what is in flight counts.
  void failed(long number, SendFailure kind, String error, long now) {
    if (inFlight.settle(number) != null) {
      fail(kind, error, now);
    }
  }

  /// A heartbeat was answered by the incarnation that counts. Nothing in it is a proof, but it may
  /// wake what waits: after silence, or when the last attempt had met nobody.
  ///
  /// @param before its status before this answer
  void heard(Standing standing, ReplicaStatus before, long now) {
    noteFault(standing, now);
    if (before != ReplicaStatus.HEALTHY) {
      wakeAfterSilence(before);
    } else if (fault == null) {
      retry.signOfLife();
    }
  }

  /// What is to be sent now, or null.
  ///
  /// @param paced whether the writers' share of the machine is left to them
  MasterEffect.@Nullable Send nextSend(boolean paced, long now) {
    if (inFlight.isReading()) {
      return null;
    }
    if (probing) {
      return inFlight.isEmpty() && now >= retry.atNanos() ? probe(now) : null;
    }
    if (now < nextBatchNanos(paced)) {
      return null;
    }
    if (paced && pace.rests()) {
      effects.happened(new MasterEvent.Rested(name));
    }
    return send(next - 1, log.durableIndex(), now);
  }

  /// When [#nextSend] may have something without any further answer; `Long.MAX_VALUE` for never.
  ///
  /// @param paced as for [#nextSend]
  long nextSendNanos(boolean paced) {
    if (inFlight.isReading()) {
      return Long.MAX_VALUE;
    }
    if (probing) {
      return inFlight.isEmpty() ? retry.atNanos() : Long.MAX_VALUE;
    }
    return nextBatchNanos(paced);
  }

  private long nextBatchNanos(boolean paced) {
    long waiting = unsent();
    if (paced && pace.rests()) {
      return inFlight.isEmpty() ? pace.restUntilNanos() : Long.MAX_VALUE;
    }
    if (waiting == 0) {
      return Long.MAX_VALUE;
    }
    long room = inFlight.roomAtNanos(delayNanos);
    boolean gathers = delayNanos == 0 && waiting < settings.maxBatchEntries();
    return gathers ? Math.max(room, gatheredAtNanos(waiting)) : room;
  }

  private long gatheredAtNanos(long waiting) {
    if (inFlight.endsSmall()) {
      return Long.MAX_VALUE;
    }
    return inFlight.isEmpty()
        ? gathering.untilNanos(waiting, inFlight.lastBegunNanos())
        : Long.MIN_VALUE;
  }

  private long unsent() {
    return log.durableIndex() - next + 1;
  }

  /// Whether more is unsent than the master takes in at once, to one without an artificial delay.
  boolean isFarBehind() {
    return !probing && delayNanos == 0 && lacksMuch();
  }

  /// Whether at most so much is unsent as the master takes in at once.
  boolean keepsUp() {
    return !probing && !lacksMuch();
  }

  private boolean lacksMuch() {
    return unsent() > settings.maxUndurableEntries();
  }

  /// Reports a change of state. Called once per step, when everything else is done.
  void reportState() {
    ReplicaState now = currentState();
    if (now != state) {
      effects.happened(new MasterEvent.StateChanged(name, state, now, lastError()));
      state = now;
    }
  }

  long match() {
    return match;
  }

  /// Whether it lacks what it had acknowledged, or will acknowledge nothing before somebody has
  /// mended or emptied it.
  boolean isLeftOut() {
    if (damage != null) {
      return true;
    }
    return switch (fault) {
      case null -> false;
      case DIVERGED, OTHER_LOG, CORRUPT -> true;
      case IN_SYNC, CATCHING_UP, FULL -> false;
    };
  }

  /// Whether it is known to hold everything up to `index`, and all but one batch of what there is
  /// has been sent to it.
  boolean hasCaughtUp(long index) {
    boolean near = unsent() <= settings.maxBatchEntries();
    return !probing && !isLeftOut() && match >= index && near;
  }

  ReplicaState state() {
    return state;
  }

  int batchesInFlight() {
    return inFlight.size();
  }

  @Nullable String lastError() {
    return lastError == null ? damage : lastError;
  }

  /// Until the next retry, -1 when none is waiting.
  long nextAttemptNanos(long now) {
    boolean waits = probing && inFlight.isEmpty() && retry.atNanos() > now;
    return waits ? retry.atNanos() - now : -1;
  }

  private MasterEffect.Send probe(long now) {
    long told = Math.max(match, Math.min(hintIndex, log.durableIndex()));
    long index = Math.max(log.base().index(), told);
    return send(index, index, now);
  }

  private MasterEffect.Send send(long previousIndex, long upTo, long now) {
    long number = requests.next();
    if (inFlight.isEmpty()) {
      pace.batchBegins(now);
    }
    inFlight.begin(new Batch(number, previousIndex, upTo, 0), now);
    return new MasterEffect.Send(
        name,
        number,
        log.positionAt(previousIndex),
        upTo,
        settings.maxBatchEntries(),
        settings.maxBatchBytes(),
        mandate.requireLogId(),
        mandate.epoch(),
        log.durableIndex(),
        commit.index(),
        delayNanos + 5_000_000_000L);
  }

  private void startOver() {
    match = 0;
    next = 1;
    probing = true;
    inFlight.forgetAll();
    retry.clear();
    fault = null;
    lastError = null;
  }

  private void prove(@Nullable Batch batch, Standing standing, long now) {
    if (!mandate.requireLogId().equals(standing.logId())) {
      standAside(ReplicaState.OTHER_LOG, name + " holds another log", now);
      return;
    }
    switch (relationOf(standing.position())) {
      case EQUAL -> advance(batch, standing, now);
      case AHEAD, DIFFERENT, RELEASED ->
          standAside(ReplicaState.DIVERGED, divergence(standing, null), now);
    }
  }

  /// What was proven before stays proven when the entry is released.
  private OwnLog.Relation relationOf(Position position) {
    boolean provenBefore = position.index() <= match && position.index() < log.base().index();
    return provenBefore ? OwnLog.Relation.EQUAL : log.relationOf(position);
  }

  private void advance(@Nullable Batch batch, Standing standing, long now) {
    raiseMatch(standing.position().index(), now);
    fault = null;
    if (standing.fault() == FollowerFault.FULL) {
      standAside(ReplicaState.FULL, name + " has no space left", now);
    } else if (batch != null && batch.lastIndex() > match && !batch.isProbe()) {
      fail(SendFailure.FAILED, name + " acknowledged less than it was sent", now);
    } else {
      lastError = null;
      if (match == log.durableIndex()) {
        retry.succeeded();
      }
      replicateFrom(probing ? match + 1 : Math.max(next, match + 1), now);
    }
  }

  private void raiseMatch(long index, long now) {
    if (index <= match) {
      return;
    }
    long from = match + 1;
    gathering.acknowledged(log.lastIndex() - match);
    pace.took(index - match, log.lastIndex(), now);
    match = index;
    matchProvenAt = requests.last();
    retry.succeeded();
    inFlight.forgetThrough(index);
    effects.happened(
        new MasterEvent.FollowerAcknowledged(name, from, index, log.elapsedNanos(index, now)));
  }

  private void replicateFrom(long index, long now) {
    if (probing) {
      inFlight.forgetAll();
      pace.begins(log.lastIndex(), now);
      gathering.begins();
    }
    probing = false;
    next = Math.max(index, log.base().index() + 1);
  }

  /// Goes on right behind where a follower with a gap stands: at once the first time, after a
  /// back-off when that did not help.
  private void resume(Standing standing, long now) {
    boolean sameLog =
        standing.position().index() == 0 || mandate.requireLogId().equals(standing.logId());
    if (!sameLog || relationOf(standing.position()) != OwnLog.Relation.EQUAL) {
      standAside(ReplicaState.DIVERGED, divergence(standing, null), now);
      return;
    }
    raiseMatch(standing.position().index(), now);
    inFlight.forgetAll();
    if (retry.failures() == 0) {
      retry.goOnAtOnce();
      probing = true;
      replicateFrom(match + 1, now);
    } else {
      fail(SendFailure.FAILED, name + " has a gap behind #" + match, now);
    }
  }

  private void fail(SendFailure kind, String error, long now) {
    long wait = retry.failed(kind, now);
    retreat(error);
    effects.happened(new MasterEvent.FollowerFailed(name, kind, error, retry.failures(), wait));
  }

  /// Waits out a fault with an occasional probe.
  private void standAside(ReplicaState why, String error, long now) {
    fault = why;
    if (why == ReplicaState.FULL) {
      retry.failed(SendFailure.FAILED, now);
    } else {
      retry.waitFor(FAULT_RETRY_NANOS, now);
    }
    retreat(error);
  }

  private void retreat(String error) {
    inFlight.forgetAll();
    probing = true;
    next = match + 1;
    lastError = error;
  }

  /// A fault that the follower reports by itself is believed at once; when it stops to report it,
  /// it is probed at once.
  private void noteFault(Standing standing, long now) {
    ReplicaState reported = Divergence.stateOf(standing.fault());
    if (reported != null && fault == null) {
      String error = standing.error();
      standAside(reported, error == null ? name + " reports " + reported : error, now);
    } else if (reported == null && fault != null && faultReported) {
      retry.wake();
    }
    faultReported = reported != null;
  }

  /// The first sign of life after silence: what was asked meanwhile is lost more likely than not.
  private void wakeAfterSilence(ReplicaStatus before) {
    if (probing || before == ReplicaStatus.UNHEALTHY || inFlight.isEmpty()) {
      inFlight.forgetAll();
      probing = true;
      next = match + 1;
      retry.clear();
    }
  }

  private ReplicaState currentState() {
    if (fault != null) {
      return fault;
    }
    if (damage != null) {
      return ReplicaState.CORRUPT;
    }
    long readAtMost = Math.min(inFlight.readingUpTo(), next - 1 + settings.maxBatchEntries());
    long coveredIndex = Math.max(next - 1, readAtMost);
    long uncovered = log.durableIndex() - coveredIndex;
    long tolerated = state == ReplicaState.IN_SYNC ? settings.maxBatchEntries() : 0;
    return !probing && uncovered <= tolerated ? ReplicaState.IN_SYNC : ReplicaState.CATCHING_UP;
  }

  private static String damageOf(Standing standing) {
    return standing.error() == null ? "damaged" : standing.error();
  }

  private String divergence(Standing standing, @Nullable String reported) {
    return Divergence.inWords(standing, log.base().index() + 1, log.durableIndex(), reported);
  }
}
