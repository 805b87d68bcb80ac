package io.replog.replication.follower;

import io.replog.model.Position;
import io.replog.model.Promise;
import io.replog.model.RefusalReason;
import io.replog.model.ReplicateRequest;
import org.jspecify.annotations.Nullable;

/// Which master this follower obeys, and up to where that master's word is proven here.
///
/// Invariant: the promised epoch never falls, and within an epoch the start id never changes.
final class Claim {

  /// The newest promise, null when no master has ever come.
  private @Nullable Promise promise;

  /// The newest promise on disk; answers to the promised master wait until it is the newest.
  private @Nullable Promise persisted;

  /// Last index that the promised master has said, or shown by sending it, to hold. 0 at first.
  private long masterIndex;

  /// Commit index as the promised master last named it.
  private long masterCommitIndex;

  /// First index that the promised master keeps, as it last said; 0 before its first word.
  private long firstIndex;

  /// Up to here this node's log is known to equal the promised master's. Starts at 0 with every
  /// promise.
  private long provenIndex;

  /// When the promised master was last heard by this process, if it `wasHeard`.
  private long heardNanos;

  private boolean wasHeard;

  /// An entry of the promised epoch can only have come from the master that holds it, so a log that
  /// ends with one is known to equal that master's.
  ///
  /// @param end end of the recovered log
  /// @param logId the log of the recovered entries, null when there are none
  Claim(@Nullable Promise recovered, Position end, @Nullable String logId) {
    this.promise = recovered;
    this.persisted = recovered;
    boolean proven =
        recovered != null && recovered.epoch() == end.epoch() && recovered.logId().equals(logId);
    this.provenIndex = proven ? end.index() : 0;
  }

  /// Why a request is not from a master to obey, null when it is.
  ///
  /// @param heldLogId the log of the entries that this node holds, null when it holds none
  @Nullable Refusal refusal(ReplicateRequest request, @Nullable String heldLogId) {
    if (request.epoch() < 1) {
      return new Refusal(RefusalReason.STALE_EPOCH, "the first epoch is 1");
    }
    if (promise != null && isStale(request, promise)) {
      return new Refusal(
          RefusalReason.STALE_EPOCH,
          "epoch "
              + request.epoch()
              + " is refused: epoch "
              + promise.epoch()
              + " is promised to another master");
    }
    if (heldLogId != null && !heldLogId.equals(request.logId())) {
      return new Refusal(
          RefusalReason.OTHER_LOG,
          "this node holds entries of log " + heldLogId + ", not of " + request.logId());
    }
    return null;
  }

  /// Whether `request`, which is not refused, needs a new promise.
  boolean isNew(ReplicateRequest request) {
    return promise == null
        || request.epoch() > promise.epoch()
        || !request.logId().equals(promise.logId());
  }

  void promise(Promise newPromise) {
    promise = newPromise;
    masterIndex = 0;
    masterCommitIndex = 0;
    firstIndex = 0;
    provenIndex = 0;
  }

  void persisted(Promise onDisk) {
    persisted = onDisk;
  }

  /// The promised master names what it holds and what a majority holds.
  void hear(long durableIndex, long commitIndex, long nowNanos) {
    masterIndex = Math.max(masterIndex, durableIndex);
    masterCommitIndex = Math.max(masterCommitIndex, commitIndex);
    heardNanos = nowNanos;
    wasHeard = true;
  }

  /// The promised master names the first index that it keeps.
  void hearFirstIndex(long first) {
    firstIndex = Math.max(firstIndex, first);
  }

  long firstIndex() {
    return firstIndex;
  }

  /// Both logs are equal up to `index`.
  void prove(long index) {
    provenIndex = Math.max(provenIndex, index);
    masterIndex = Math.max(masterIndex, index);
  }

  boolean isOf(long epoch, String startId) {
    return promise != null && promise.epoch() == epoch && promise.startId().equals(startId);
  }

  @Nullable Promise promise() {
    return promise;
  }

  boolean isPersisted() {
    return promise != null && promise.equals(persisted);
  }

  @Nullable Promise persisted() {
    return persisted;
  }

  long masterIndex() {
    return masterIndex;
  }

  long masterCommitIndex() {
    return masterCommitIndex;
  }

  /// Highest index that the master has called committed and that is proven to be the same here.
  long provenCommitIndex() {
    return Math.min(masterCommitIndex, provenIndex);
  }

  long contactNanos(long nowNanos) {
    return wasHeard ? nowNanos - heardNanos : -1;
  }

  private static boolean isStale(ReplicateRequest request, Promise promise) {
    return request.epoch() < promise.epoch()
        || (request.epoch() == promise.epoch() && !request.startId().equals(promise.startId()));
  }
}
