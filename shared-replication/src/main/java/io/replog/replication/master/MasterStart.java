package io.replog.replication.master;

import io.replog.model.Entry;
import io.replog.model.FsyncMode;
import io.replog.model.Position;
import io.replog.model.Promise;
import io.replog.model.Standing;
import io.replog.replication.Backoff;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The way of a master from its process start to its epoch.
///
/// With a log: hear the followers, take over what a verified one has beyond it, promise an epoch
/// above all heard of, serve. A log with holes is filled in first, from any verified follower; when
/// it is whole, the start begins anew. Without a log: [Bootstrap] decides when a new one begins,
/// and [#adopt] takes over a follower's.
final class MasterStart {

  private static final String WAYS_OUT =
      "start a follower that holds what is missing; or start this node with an empty directory and"
          + " run `replog adopt`; or give up what is missing by ACCEPT_DATA_LOSS=on for one start";

  /// Pulls that an adoption may lose in a row; the operator who waits for it may repeat it.
  private static final int MAX_LOST_PULLS = 5;

  private final MasterSettings settings;
  private final RecoveredMaster recovered;
  private final OwnLog log;
  private final Mandate mandate;
  private final Followers followers;
  private final Members members;
  private final Takeover takeover;
  private final Bootstrap bootstrap;
  private final PullRetries retries;
  private final Effects effects;

  /// Whether it has begun to ask: at its first look, since the node around it may take its time.
  private boolean asking;

  /// Since when; without meaning before.
  private long askingSinceNanos;

  /// Followers that have nothing more to give, or nothing that fits.
  private final Set<Follower> exhausted = new HashSet<>();

  /// Why no hole can be filled any more, null while they can.
  private @Nullable String unfit;

  /// The promise that is on its way to the disk, null when none is.
  private @Nullable Promise pending;

  private @Nullable Adoption adoption;

  /// An adoption that somebody waits for.
  ///
  /// @param without who is left out
  /// @param membersIndex where the log said who belongs to the cluster when it began
  /// @param targetIndex where the follower said to end when it began
  private record Adoption(
      long call,
      Set<String> without,
      long membersIndex,
      String follower,
      String logId,
      long targetIndex) {}

  MasterStart(
      MasterSettings settings,
      RecoveredMaster recovered,
      OwnLog log,
      Mandate mandate,
      Followers followers,
      IdempotencyTable keys,
      Members members,
      Backoff backoff,
      Effects effects) {
    this.settings = settings;
    this.recovered = recovered;
    this.log = log;
    this.mandate = mandate;
    this.followers = followers;
    this.members = members;
    this.effects = effects;
    this.retries = new PullRetries(backoff);
    this.takeover = new Takeover(log, keys, members, effects);
    this.bootstrap = new Bootstrap(settings, followers, recovered.unfinishedLogId());
  }

  /// The phase in which a master begins.
  static MasterPhase firstPhase(RecoveredMaster recovered) {
    if (recovered.logId() == null) {
      return MasterPhase.NO_LOG;
    }
    return recovered.holes().isEmpty() ? MasterPhase.STARTING : MasterPhase.CORRUPT;
  }

  /// Looks whether the next step of the start can be taken. Called whenever time has passed or a
  /// follower was heard; nothing happens when there is nothing to decide.
  void consider(long now) {
    if (!asking) {
      asking = true;
      askingSinceNanos = now;
    }
    if (pending != null) {
      return;
    }
    if (takeover.source() != null) {
      goOn(now);
      return;
    }
    switch (mandate.phase()) {
      case STARTING -> considerLog(now);
      case CORRUPT -> considerRepair(now);
      case NO_LOG -> considerBootstrap(now);
      case ADOPTING, SERVING, FENCED, STOPPED -> {}
    }
  }

  /// When [#consider] may decide something without hearing anybody.
  long nextDeadlineNanos(long now) {
    long due =
        switch (mandate.phase()) {
          case STARTING, CORRUPT -> askingSinceNanos + settings.standingsNanos();
          case NO_LOG -> askingSinceNanos + settings.bootstrapNanos();
          case ADOPTING, SERVING, FENCED, STOPPED -> Long.MAX_VALUE;
        };
    return Math.min(asking && due > now ? due : Long.MAX_VALUE, retryNanos(now));
  }

  /// Entries came from a follower.
  void pulled(String follower, List<Entry> entries, long now) {
    if (!takeover.awaits(follower)) {
      return;
    }
    if (entries.isEmpty()) {
      finish(now);
    } else if (takeover.take(entries, now)) {
      retries.answered(Objects.requireNonNull(takeover.source()));
    } else {
      drop(follower + " holds entries that do not follow from this log", now);
    }
  }

  /// A follower begins behind an entry that it does not keep.
  void pulledBase(String follower, Position base, long now) {
    if (takeover.awaits(follower) && !takeover.begin(base)) {
      lost(follower + " keeps nothing before #" + (base.index() + 1), now);
    }
  }

  /// A follower said no to a pull, or the pull was lost.
  ///
  /// @param refused whether it said no
  void pullFailed(String follower, String error, boolean refused, long now) {
    if (!takeover.awaits(follower)) {
      return;
    }
    if (refused) {
      drop(follower + " could not be read: " + error, now);
    } else {
      lost(error, now);
    }
  }

  /// Everything written so far may be durable now.
  void durable(long now) {
    if (mandate.phase() == MasterPhase.CORRUPT && log.holes().isEmpty()) {
      beginAnew();
    } else if (!mandate.isStopped()) {
      goOn(now);
    }
  }

  /// What was filled in does not join what stands behind the hole.
  void doesNotJoin(String what) {
    takeover.end();
    unfit = what;
    mandate.explain(what + "; " + WAYS_OUT);
  }

  void promisePersisted(Promise promise) {
    if (!promise.equals(pending) || mandate.isStopped()) {
      return;
    }
    pending = null;
    if (followers.highestEpoch() >= promise.epoch()) {
      promise(promise.logId());
      return;
    }
    mandate.serve(promise.epoch(), promise.logId());
    if (adoption != null) {
      effects.add(
          new MasterEffect.AnswerAdopt(
              adoption.call(),
              new AdoptOutcome.Adopted(adoption.follower(), adoption.logId(), log.durableIndex())));
      adoption = null;
    }
  }

  /// Takes over the longest verified follower log, if that is what this master waits for, and if
  /// every follower has said where its log ends: a silent one may be the only holder of what was
  /// acknowledged.
  ///
  /// @param without names of followers that an operator leaves out, whatever they hold
  void adopt(long call, Set<String> without) {
    if (mandate.phase() != MasterPhase.NO_LOG || pending != null) {
      refuseAdoption(
          call, "only a master without a log adopts one, this one is in phase " + mandate.phase());
      return;
    }
    String unheard = bootstrap.unheard(without);
    if (unheard != null) {
      refuseAdoption(call, unheard);
      return;
    }
    Follower source = adoptable(without);
    if (source == null) {
      refuseAdoption(
          call, "no reachable follower holds an undamaged log" + bootstrap.unfinishedHint());
      return;
    }
    Standing standing = Objects.requireNonNull(source.standing());
    String logId = Objects.requireNonNull(standing.logId());
    adoption =
        new Adoption(
            call, without, members.index(), source.name(), logId, standing.position().index());
    mandate.become(MasterPhase.ADOPTING, "taking over the log of " + source.name());
    takeover.begin(source, logId);
  }

  /// The process ends, or its log has failed: nobody waits for an adoption any more.
  void abandon(String why) {
    takeover.end();
    if (adoption != null) {
      refuseAdoption(adoption.call(), why);
      adoption = null;
    }
  }

  private void considerLog(long now) {
    if (!heardEnough(now)) {
      return;
    }
    String logId = mandate.requireLogId();
    List<Follower> ahead = ahead(logId);
    Follower source =
        ahead.stream().filter(each -> retries.isDue(each, now)).findFirst().orElse(null);
    if (source != null) {
      takeover.begin(source, logId);
    } else if (!ahead.isEmpty()) {
      mandate.explain(waitingFor(ahead.getFirst()));
    } else {
      promise(logId);
    }
  }

  /// Fills in what is missing from any follower that holds more, without waiting for the others:
  /// the chain proves that it fits.
  private void considerRepair(long now) {
    if (unfit != null || log.holes().isEmpty()) {
      return;
    }
    String logId = mandate.requireLogId();
    List<Follower> ahead = ahead(logId);
    Follower source =
        ahead.stream().filter(each -> retries.isDue(each, now)).findFirst().orElse(null);
    if (source != null) {
      mandate.explain(log.holes().inWords() + "; filling in from " + source.name());
      takeover.begin(source, logId);
    } else if (ahead.isEmpty() && isStillAsking(now)) {
      mandate.explain(log.holes().inWords() + "; asking the followers where they stand");
    } else if (ahead.isEmpty()) {
      mandate.explain(log.holes().inWords() + "; no reachable follower holds it; " + WAYS_OUT);
    } else {
      mandate.explain(
          log.holes().inWords() + "; " + retries.error(ahead.getFirst()) + "; " + WAYS_OUT);
    }
  }

  private void beginAnew() {
    takeover.end();
    mandate.explain("the log is whole again, this node begins anew");
    effects.add(new MasterEffect.BeginAnew());
  }

  private String waitingFor(Follower ahead) {
    return ahead.name()
        + " holds entries up to #"
        + lastIndexOf(ahead)
        + ", this node up to #"
        + log.lastIndex()
        + "; reading them failed and is tried again: "
        + retries.error(ahead);
  }

  private boolean heardEnough(long now) {
    if (isStillAsking(now)) {
      return false;
    }
    int heard = followers.nodesHeardOf(mandate.requireLogId(), mayLackEntries());
    boolean enough = !requiresMajority() || heard >= followers.majority();
    if (!enough) {
      mandate.waitForMajority(
          "no quorum: "
              + heard
              + " of "
              + followers.clusterSize()
              + " nodes have said where they stand in this log, "
              + followers.majority()
              + " must before this master begins",
          new AddOutcome.Shortage(heard, followers.majority()));
    }
    return enough;
  }

  private boolean isStillAsking(long now) {
    boolean all = followers.nodesHeard() == followers.clusterSize();
    return !all && now - askingSinceNanos < settings.standingsNanos();
  }

  private boolean requiresMajority() {
    return settings.quorumAppend() || mayLackEntries();
  }

  /// Whether entries that this node has acknowledged may be missing here.
  private boolean mayLackEntries() {
    return settings.fsync() != FsyncMode.ALWAYS || recovered.damage() != null;
  }

  private void considerBootstrap(long now) {
    String obstacle = bootstrap.obstacle(now - askingSinceNanos);
    if (obstacle == null) {
      promise(settings.startId());
    } else {
      mandate.explain(obstacle);
    }
  }

  /// The reachable followers that hold more of this log, as far as is known; the longest first.
  private List<Follower> ahead(String logId) {
    return followers.all().stream()
        .filter(Follower::isReachable)
        .filter(follower -> follower.isVerified() && follower.holdsLog(logId))
        .filter(follower -> lastIndexOf(follower) > log.lastIndex())
        .filter(follower -> !exhausted.contains(follower))
        .sorted(BY_END.reversed())
        .toList();
  }

  /// Asks the follower whose log is being taken over for more, if that is possible now.
  private void goOn(long now) {
    Follower source = takeover.source();
    if (source != null && retries.isDue(source, now)) {
      takeover.proceed();
    }
  }

  private long retryNanos(long now) {
    return switch (mandate.phase()) {
      case STARTING, CORRUPT, ADOPTING -> retries.nextDueNanos(now);
      case NO_LOG, SERVING, FENCED, STOPPED -> Long.MAX_VALUE;
    };
  }

  /// Nothing is known but that no answer came: the same follower is asked again, unless another one
  /// is of use meanwhile.
  private void lost(String error, long now) {
    Follower source = Objects.requireNonNull(takeover.source());
    int failures = retries.lost(source, error, now);
    if (adoption == null) {
      takeover.end();
      consider(now);
    } else if (failures < MAX_LOST_PULLS) {
      takeover.lost();
    } else {
      drop(source.name() + " could not be read, tried " + failures + " times: " + error, now);
    }
  }

  private @Nullable Follower adoptable(Set<String> without) {
    return followers.all().stream()
        .filter(follower -> !without.contains(follower.name()))
        .filter(follower -> follower.isReachable() && follower.isVerified())
        .filter(Follower::mayHoldEntries)
        .filter(follower -> bootstrap.mayAdopt(follower))
        .max(BY_END)
        .orElse(null);
  }

  private void finish(long now) {
    Follower source = Objects.requireNonNull(takeover.source());
    takeover.end();
    giveUp(source, source.name() + " holds no more than #" + log.lastIndex(), now);
    if (adoption == null) {
      consider(now);
    } else if (log.lastIndex() < adoption.targetIndex()) {
      failAdoption(adoption, source.name() + " ended before #" + adoption.targetIndex());
    } else if (strangers(adoption) != null) {
      failAdoption(adoption, String.valueOf(strangers(adoption)));
    } else {
      promise(adoption.logId());
    }
  }

  /// Who belongs to the cluster, as the log that was taken over says, and has not been asked.
  private @Nullable String strangers(Adoption ending) {
    return members.index() == ending.membersIndex() ? null : bootstrap.unheard(ending.without());
  }

  private void drop(String why, long now) {
    Follower source = Objects.requireNonNull(takeover.source());
    takeover.end();
    giveUp(source, why, now);
    if (adoption == null) {
      consider(now);
    } else {
      failAdoption(adoption, why);
    }
  }

  /// A follower that cannot fill a hole is asked again after a while: its disk may be another one
  /// then.
  private void giveUp(Follower source, String why, long now) {
    if (mandate.phase() == MasterPhase.CORRUPT) {
      retries.lost(source, why, now);
    } else {
      retries.answered(source);
      exhausted.add(source);
    }
  }

  private void failAdoption(Adoption failed, String why) {
    adoption = null;
    if (log.lastIndex() > 0) {
      bootstrap.leaveUnfinished(failed.logId());
    }
    mandate.become(MasterPhase.NO_LOG, "the adoption failed: " + why + "; it may be repeated");
    refuseAdoption(failed.call(), why);
  }

  private void refuseAdoption(long call, String why) {
    effects.add(new MasterEffect.AnswerAdopt(call, new AdoptOutcome.NotAdopted(why)));
  }

  private void promise(String logId) {
    long own = recovered.promise() == null ? 0 : recovered.promise().epoch();
    long highest = Math.max(Math.max(own, log.end().epoch()), followers.highestEpoch());
    pending = new Promise(highest + 1, settings.startId(), logId);
    effects.add(new MasterEffect.PersistPromise(pending));
  }

  private static final Comparator<Follower> BY_END =
      Comparator.comparingLong(MasterStart::lastEpochOf)
          .thenComparingLong(MasterStart::lastIndexOf);

  private static long lastIndexOf(Follower follower) {
    return Objects.requireNonNull(follower.standing()).position().index();
  }

  private static long lastEpochOf(Follower follower) {
    return Objects.requireNonNull(follower.standing()).position().epoch();
  }
}
