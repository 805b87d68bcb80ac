package io.replog.replication.follower;

import io.replog.model.BatchTimes;
import io.replog.model.Promise;
import io.replog.model.RefusalReason;
import io.replog.model.Standing;
import org.jspecify.annotations.Nullable;

/// What this follower says of itself, and the answers that carry it, one for each call.
final class Replies {

  /// Arrival of a batch that held nothing new.
  private static final long NOTHING_NEW = Long.MAX_VALUE;

  private final FollowerSettings settings;
  private final OwnLog log;
  private final Claim claim;
  private final Faults faults;
  private final Effects effects;
  private final WaitingAnswers waiting = new WaitingAnswers();
  private final HandedOver handedOver = new HandedOver();

  /// The log of the entries that this node holds, null while it holds none.
  private @Nullable String heldLogId;

  Replies(
      FollowerSettings settings,
      OwnLog log,
      Claim claim,
      Faults faults,
      @Nullable String heldLogId,
      Effects effects) {
    this.settings = settings;
    this.log = log;
    this.claim = claim;
    this.faults = faults;
    this.heldLogId = heldLogId;
    this.effects = effects;
  }

  /// Where this follower stands.
  Standing standing() {
    Promise promise = claim.persisted();
    String promisedLogId = promise == null ? null : promise.logId();
    return new Standing(
        settings.node(),
        settings.incarnation(),
        heldLogId != null ? heldLogId : promisedLogId,
        promise == null ? 0 : promise.epoch(),
        log.durable(),
        log.longestDelayNanos() / 1_000_000,
        settings.fsync(),
        faults.fault(),
        faults.error());
  }

  void accept(long call) {
    effects.answer(call, new FollowerAnswer.Accepted(standing()));
  }

  /// Accepts as soon as everything up to `lastIndex` is durable and the promise is on disk.
  void acceptWhenDurable(long call, long lastIndex, long nowNanos) {
    waiting.add(call, lastIndex, lastIndex > log.durableIndex() ? nowNanos : NOTHING_NEW);
  }

  /// Everything up to `lastIndex` has been handed to the log.
  void handedOver(long lastIndex, long nowNanos) {
    handedOver.note(lastIndex, nowNanos);
  }

  void held(long call) {
    effects.answer(call, new FollowerAnswer.Held(standing()));
  }

  /// Part of what was sent has been handed to the log, and no more can be said now.
  void unknown(long call, String detail) {
    effects.answer(call, new FollowerAnswer.Unknown(detail, standing()));
  }

  void refuse(long call, Refusal refusal) {
    refuse(call, refusal.reason(), refusal.detail());
  }

  void refuse(long call, RefusalReason reason, String detail) {
    effects.answer(call, new FollowerAnswer.Refused(reason, detail, standing()));
    effects.refused(reason, detail);
  }

  /// Accepts whatever waited for what is durable now.
  void acceptDurable(long nowNanos) {
    if (claim.promise() != null && !claim.isPersisted()) {
      return;
    }
    for (WaitingAnswers.Waiting each; (each = waiting.pollDurable(log.durableIndex())) != null; ) {
      effects.answer(
          each.call(), new FollowerAnswer.Accepted(standing().with(times(each, nowNanos))));
    }
  }

  /// Null where the batch held nothing new, or its entries had been handed over before it came.
  private @Nullable BatchTimes times(WaitingAnswers.Waiting batch, long nowNanos) {
    long arrived = batch.arrivedNanos();
    long handed = handedOver.nanosOf(batch.lastIndex(), Long.MIN_VALUE);
    return handed < arrived
        ? null
        : new BatchTimes((handed - arrived) / 1_000, (nowNanos - handed) / 1_000);
  }

  /// Ends every call that waits. Only what was never handed to the log can be refused; of the rest
  /// nobody can say yet whether it stays.
  void dismissWaiting(RefusalReason reason, String detail) {
    for (WaitingAnswers.Waiting each; (each = waiting.pollAny()) != null; ) {
      if (each.lastIndex() == 0 || each.lastIndex() > log.writtenIndex()) {
        refuse(each.call(), reason, detail);
      } else {
        unknown(each.call(), detail);
      }
    }
  }

  void cancel(long call) {
    waiting.cancel(call);
  }

  /// From now on this node holds entries of that log.
  void holds(String logId) {
    heldLogId = logId;
  }

  /// Nothing of what was accepted is left.
  void holdsNothing() {
    heldLogId = null;
  }

  @Nullable String heldLogId() {
    return heldLogId;
  }
}
