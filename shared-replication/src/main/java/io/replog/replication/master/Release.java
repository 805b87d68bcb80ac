package io.replog.replication.master;

import io.replog.model.Position;

/// Decides which entries nobody needs any more. An entry is released when it is committed and every
/// member, and whoever joins, has proven in this epoch that it holds it, whether it is up or down
/// now: a follower that is away makes everybody keep what it lacks.
///
/// Others are told the first index kept when this node has put it on disk, so no node ever begins
/// behind the master.
final class Release {

  private final Mandate mandate;
  private final OwnLog log;
  private final CommitIndex commit;
  private final Followers followers;
  private final IdempotencyTable keys;
  private final MemberChanges changes;
  private final Effects effects;

  /// First index kept, as it stands on this node's disk.
  private long firstIndex;

  /// Whether the disk has been asked and has not answered.
  private boolean underWay;

  Release(
      Mandate mandate,
      OwnLog log,
      CommitIndex commit,
      Followers followers,
      IdempotencyTable keys,
      MemberChanges changes,
      Effects effects) {
    this.mandate = mandate;
    this.log = log;
    this.commit = commit;
    this.followers = followers;
    this.keys = keys;
    this.changes = changes;
    this.effects = effects;
    this.firstIndex = log.base().index() + 1;
  }

  long firstIndex() {
    return firstIndex;
  }

  /// Highest index that no node lacks.
  long limit() {
    long held = Math.min(commit.index(), log.durableIndex());
    for (Follower follower : followers.connected()) {
      boolean isMissed = follower.isMember() || (!follower.isLeaving() && follower.wasHeard());
      held = isMissed ? Math.min(held, follower.progress().match()) : held;
    }
    return held;
  }

  /// Somebody wants the log to begin behind `base`. Nothing happens when a node lacks any of it; it
  /// may be asked for again.
  void ask(Position base, long now) {
    boolean isNews = base.index() >= firstIndex && !underWay;
    if (mandate.isServing()
        && isNews
        && base.index() <= limit()
        && !changes.keeps(base.index(), limit(), now)) {
      changes.letGoBehind(base.index());
      underWay = true;
      log.release(base);
      keys.forgetThrough(base.index());
      effects.add(new MasterEffect.Release(base.index()));
    }
  }

  /// The log begins behind `base`, also after a restart; that is less than was asked for when the
  /// disk had no room to note it.
  void released(Position base) {
    underWay = false;
    log.release(base);
    if (base.index() >= firstIndex) {
      firstIndex = base.index() + 1;
      effects.happened(new MasterEvent.EntriesReleased(firstIndex));
    }
  }

  /// An empty log has been told to begin behind an entry of somebody else's.
  void begun() {
    if (!mandate.isServing()) {
      firstIndex = log.base().index() + 1;
    }
  }
}
