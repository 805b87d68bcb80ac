package io.replog.replication.master;

import static io.replog.replication.BrokenInvariantException.check;

import io.replog.model.WriteConcern;
import io.replog.replication.master.AddOutcome.AddRefusal;
import io.replog.replication.master.AddOutcome.Refused;
import io.replog.replication.master.AddOutcome.Shortage;
import org.jspecify.annotations.Nullable;

/// Whether a new message may be appended now, decided before anything is appended.
final class Admission {

  private final MasterSettings settings;
  private final Mandate mandate;
  private final OwnLog log;
  private final Followers followers;
  private final Effects effects;

  /// Whether the disk has run out of its reserve.
  private boolean diskFull;

  /// Whether a majority was alive when last looked at.
  private boolean quorum;

  Admission(
      MasterSettings settings, Mandate mandate, OwnLog log, Followers followers, Effects effects) {
    this.settings = settings;
    this.mandate = mandate;
    this.log = log;
    this.followers = followers;
    this.effects = effects;
    this.quorum = followers.majority() == 1;
  }

  /// Why a message is refused now, null when it is not.
  @Nullable Refused refusal() {
    Refused byPhase = refusalOfPhase();
    return byPhase != null ? byPhase : refusalOfAppend();
  }

  /// How many nodes a concern needs at this moment.
  int requiredNodes(WriteConcern concern) {
    return concern.requiredNodes(followers.clusterSize());
  }

  /// Why nobody who asks for so many nodes is served now, not even with an index that exists
  /// already; null when they are.
  @Nullable Refused refusalOf(int requiredNodes) {
    check(requiredNodes >= 1, "a write concern is at least 1");
    Refused byPhase = refusalOfPhase();
    boolean tooMany = byPhase == null && requiredNodes > followers.clusterSize();
    return tooMany
        ? new Refused(
            AddRefusal.MEMBER_LEFT,
            "the cluster has "
                + followers.clusterSize()
                + " nodes since a moment ago, and "
                + requiredNodes
                + " were asked for: ask for fewer")
        : byPhase;
  }

  /// Why nobody is served in this phase, not even with an index that exists already; null while
  /// serving.
  @Nullable Refused refusalOfPhase() {
    AddRefusal refusal = mandate.refusal();
    String why = mandate.why();
    return refusal == null
        ? null
        : new Refused(refusal, why == null ? refusal.name() : why, mandate.shortage());
  }

  /// Why a serving master appends nothing now, null when it does.
  @Nullable Refused refusalOfAppend() {
    return refusalOfAppend(1);
  }

  /// The same for a message of a bulk add: those leave half of the room to those that come alone.
  @Nullable Refused refusalOfBulk() {
    return refusalOfAppend(2);
  }

  /// @param part what the bounds are divided by
  private @Nullable Refused refusalOfAppend(int part) {
    if (diskFull) {
      return new Refused(AddRefusal.FULL, "no space is left on the disk of the master");
    }
    if (log.undurableEntries() >= settings.maxUndurableEntries() / part
        || log.undurableBytes() >= settings.maxUndurableBytes() / part) {
      return new Refused(
          AddRefusal.OVERLOADED,
          log.undurableEntries() + " messages are waiting to become durable, try again soon");
    }
    return settings.quorumAppend() && !quorum
        ? new Refused(
            AddRefusal.NO_QUORUM, noQuorum(), new Shortage(nodesAlive(), followers.majority()))
        : null;
  }

  void diskFull(boolean full) {
    diskFull = full;
  }

  /// Looks again whether a majority is alive.
  void lookAtQuorum() {
    boolean now = nodesAlive() >= followers.majority();
    if (now != quorum) {
      quorum = now;
      if (settings.quorumAppend()) {
        effects.happened(new MasterEvent.QuorumChanged(now, nodesAlive(), followers.clusterSize()));
      }
    }
  }

  private int nodesAlive() {
    return followers.nodesAlive(mandate.logId());
  }

  private String noQuorum() {
    return "no quorum: "
        + nodesAlive()
        + " of "
        + followers.clusterSize()
        + " nodes is reachable, the log is read-only";
  }
}
