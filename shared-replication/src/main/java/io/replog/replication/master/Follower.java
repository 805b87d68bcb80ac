package io.replog.replication.master;

import io.replog.model.FollowerFault;
import io.replog.model.Member;
import io.replog.model.ReplicaStatus;
import io.replog.model.Standing;
import org.jspecify.annotations.Nullable;

/// One follower as the master knows it.
final class Follower {

  private final Member member;

  /// Last request that had left when it was connected: no answer to one of those is its own.
  private final long connectedAt;

  private final FollowerHealth health = new FollowerHealth();
  private final FollowerProgress progress;

  /// What it last said of itself, null before the first answer.
  private @Nullable Standing standing;

  /// The request that `standing` answers.
  private long standingRequest;

  /// What went wrong with the last heartbeat, null since an answer.
  private @Nullable String beatError;

  /// When its last answer came.
  private long contactNanos;

  private MemberRole role = MemberRole.MEMBER;

  /// Its place among the members, from 0.
  private int place;

  /// The entry with which it has left.
  private long leftIndex;

  /// When it is told no more that it has left; `Long.MAX_VALUE` while it has not.
  private long departsNanos = Long.MAX_VALUE;

  Follower(Member member, long connectedAt, FollowerProgress progress) {
    this.member = member;
    this.connectedAt = connectedAt;
    this.progress = progress;
  }

  /// It counts from now on.
  void counts(int itsPlace) {
    role = MemberRole.MEMBER;
    place = itsPlace;
    departsNanos = Long.MAX_VALUE;
  }

  /// It receives entries and does not count yet.
  void joins() {
    role = MemberRole.JOINING;
    departsNanos = Long.MAX_VALUE;
  }

  /// It has left with the entry at `index`, and is told so until `untilNanos`.
  void leaves(long index, long untilNanos) {
    role = MemberRole.LEAVING;
    leftIndex = index;
    departsNanos = untilNanos;
  }

  /// Whether it has left and knows it, or cannot be told.
  boolean hasDeparted(long now) {
    return role == MemberRole.LEAVING && (progress.match() >= leftIndex || now >= departsNanos);
  }

  long departsNanos() {
    return departsNanos;
  }

  boolean isLeaving() {
    return role == MemberRole.LEAVING;
  }

  boolean isMember() {
    return role == MemberRole.MEMBER;
  }

  /// Whether it was not connected yet when `request` left.
  boolean isYoungerThan(long request) {
    return request <= connectedAt;
  }

  Member member() {
    return member;
  }

  /// Keeps what it says of itself, unless something said in answer to a later request is known.
  /// Returns whether it is from the incarnation that counts.
  boolean heard(long request, Standing said, long now) {
    contactNanos = now;
    beatError = null;
    if (request >= standingRequest) {
      standing = said;
      standingRequest = request;
    }
    return progress.recognises(request, said);
  }

  /// A heartbeat met with no usable answer.
  void beatFailed(long beat, String error) {
    health.failure(beat);
    beatError = error;
  }

  String name() {
    return member.name();
  }

  /// Its place among the members, from 0; without meaning while it is none.
  int place() {
    return place;
  }

  FollowerHealth health() {
    return health;
  }

  FollowerProgress progress() {
    return progress;
  }

  @Nullable Standing standing() {
    return standing;
  }

  boolean wasHeard() {
    return standing != null;
  }

  /// Index and epoch of its end can be taken at its word: nothing is known to be wrong with its
  /// log.
  boolean isVerified() {
    return standing != null
        && standing.fault() != FollowerFault.DIVERGED
        && standing.fault() != FollowerFault.CORRUPT;
  }

  /// Whether it may hold entries: it says so, or its log is damaged.
  boolean mayHoldEntries() {
    return standing != null
        && (standing.holdsEntries() || standing.fault() == FollowerFault.CORRUPT);
  }

  /// Whether it can hold entries of the log, by its own word: it has or will take that log, and
  /// nothing is wrong with its own. An empty follower can, and so may one never heard.
  ///
  /// @param logId the log, null while there is none
  boolean canHold(@Nullable String logId) {
    if (standing == null) {
      return true;
    }
    boolean otherLog = logId != null && standing.logId() != null && !logId.equals(standing.logId());
    return !otherLog && isVerified();
  }

  /// Whether it is damaged, and this log is the one that heals it.
  boolean canBeHealed(String logId) {
    return standing != null
        && standing.fault() == FollowerFault.CORRUPT
        && (standing.logId() == null || standing.logId().equals(logId));
  }

  /// What went wrong with it last, null when nothing does.
  @Nullable String lastError() {
    return progress.lastError() == null ? beatError : progress.lastError();
  }

  boolean isReachable() {
    return standing != null && health.status() != ReplicaStatus.UNHEALTHY;
  }

  /// Whether it holds entries of this log.
  boolean holdsLog(String logId) {
    return standing != null && standing.holdsEntries() && logId.equals(standing.logId());
  }

  MasterView.FollowerView view(long lastIndex, long now) {
    return new MasterView.FollowerView(
        member,
        role,
        health.status(),
        progress.state(),
        progress.match(),
        lastIndex - progress.match(),
        progress.batchesInFlight(),
        health.roundTripNanos(),
        standing == null ? -1 : now - contactNanos,
        progress.nextAttemptNanos(now),
        lastError(),
        standing);
  }
}
