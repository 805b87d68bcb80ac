package io.replog.replication.master;

import io.replog.model.Entry;
import io.replog.replication.master.AddOutcome.Met;
import io.replog.replication.master.AddOutcome.Unmet;
import io.replog.replication.master.AddOutcome.UnmetReason;
import java.util.List;

/// The calls that wait for an index to be held by enough nodes, and their answers, one each.
final class Calls {

  private final RankedMatch ranked;
  private final UnderReplicated underReplicated;
  private final Waiters waiters;
  private final Effects effects;

  /// How many nodes belong to the cluster; nobody waits for more.
  private int clusterSize;

  Calls(RankedMatch ranked, UnderReplicated underReplicated, int clusterSize, Effects effects) {
    this.ranked = ranked;
    this.underReplicated = underReplicated;
    this.clusterSize = clusterSize;
    this.effects = effects;
    this.waiters = new Waiters();
  }

  /// Other nodes belong to the cluster from now on. Whoever waits for more than there are is
  /// answered at once.
  void resize(int nodes, long now) {
    clusterSize = nodes;
    for (Waiter beyond; (beyond = waiters.pollBeyond(nodes)) != null; ) {
      answerUnmet(beyond, UnmetReason.MEMBER_LEFT, now);
    }
  }

  /// An add has its entry; it is answered now or when so many nodes hold it. Of a bulk add the last
  /// entry stands for all.
  void enter(long call, Entry entry, int nodes, long timeoutNanos, boolean replayed, long now) {
    long deadline = timeoutNanos > 0 ? later(now, timeoutNanos) : Long.MAX_VALUE;
    enter(
        new Waiter(call, true, entry.index(), entry.epoch(), nodes, now, deadline, replayed), now);
  }

  /// A reader asks; it is answered now, when enough nodes hold the index, or when its time is over.
  ///
  /// @param atOnce whether waiting has no sense any more
  void enter(MasterInput.WaitForAcks wait, boolean atOnce, long now) {
    int nodes = wait.requiredNodes();
    boolean waits = !atOnce && wait.timeoutNanos() > 0 && nodes >= 1 && nodes <= clusterSize;
    Waiter waiter =
        new Waiter(
            wait.call(),
            false,
            wait.index(),
            0,
            nodes,
            now,
            later(now, wait.timeoutNanos()),
            false);
    if (waits) {
      enter(waiter, now);
    } else {
      effects.add(answerToWait(waiter));
    }
  }

  void cancel(long call) {
    waiters.cancel(call);
  }

  /// Answers everybody whose concern is met now.
  void release(long now) {
    for (int nodes = 1; nodes <= clusterSize; nodes++) {
      long held = ranked.heldBy(nodes);
      for (Waiter met; (met = waiters.pollMet(nodes, held)) != null; ) {
        answerMet(met, now);
      }
    }
  }

  /// Answers everybody whose time has run out.
  void expire(long now) {
    for (Waiter expired; (expired = waiters.pollExpired(now)) != null; ) {
      answerUnmet(expired, UnmetReason.PENDING, now);
    }
  }

  /// Answers everybody, for no concern will be met here any more.
  void dismiss(UnmetReason reason, long now) {
    for (Waiter waiter; (waiter = waiters.pollAny()) != null; ) {
      answerUnmet(waiter, reason, now);
    }
  }

  boolean anyNeedsMoreThan(int nodes) {
    return waiters.anyNeedsMoreThan(nodes);
  }

  int blocked() {
    return waiters.blocked();
  }

  List<BlockedCall> oldestBlocked(int atMost) {
    return waiters.oldestBlocked(atMost).stream()
        .map(each -> new BlockedCall(each.index(), each.requiredNodes(), each.sinceNanos()))
        .toList();
  }

  long nextDeadlineNanos() {
    return waiters.nextDeadlineNanos();
  }

  private void enter(Waiter waiter, long now) {
    if (ranked.heldBy(waiter.requiredNodes()) >= waiter.index()) {
      answerMet(waiter, now);
    } else {
      waiters.add(waiter);
    }
  }

  private void answerMet(Waiter met, long now) {
    if (!met.add()) {
      effects.add(answerToWait(met));
      return;
    }
    int acks = acksOf(met);
    underReplicated.told(met.requiredNodes(), met.index());
    effects.add(
        new MasterEffect.AnswerAdd(
            met.call(), new Met(met.index(), met.epoch(), acks, met.replayed())));
    if (met.isBlocked()) {
      effects.happened(
          new MasterEvent.Released(
              met.call(), met.index(), met.requiredNodes(), acks, now - met.sinceNanos()));
    }
  }

  private void answerUnmet(Waiter waiter, UnmetReason reason, long now) {
    if (!waiter.add()) {
      effects.add(answerToWait(waiter));
      return;
    }
    int acks = acksOf(waiter);
    effects.add(
        new MasterEffect.AnswerAdd(
            waiter.call(),
            new Unmet(
                waiter.index(),
                waiter.epoch(),
                acks,
                waiter.requiredNodes(),
                reason,
                waiter.replayed())));
    effects.happened(
        new MasterEvent.GivenUp(
            waiter.call(),
            waiter.index(),
            waiter.requiredNodes(),
            acks,
            reason,
            now - waiter.sinceNanos()));
  }

  private MasterEffect answerToWait(Waiter waiter) {
    int acks = acksOf(waiter);
    int nodes = waiter.requiredNodes();
    boolean met = nodes <= clusterSize && ranked.heldBy(Math.max(1, nodes)) >= waiter.index();
    return new MasterEffect.AnswerWait(waiter.call(), acks, met);
  }

  private int acksOf(Waiter waiter) {
    return ranked.nodesHolding(waiter.index());
  }

  private static long later(long now, long nanos) {
    long later = now + nanos;
    return later < now ? Long.MAX_VALUE : later;
  }
}
