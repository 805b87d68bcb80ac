package io.replog.replication.simulation;

import static io.replog.replication.simulation.SimulatedCluster.FOLLOWER_1;
import static io.replog.replication.simulation.SimulatedCluster.FOLLOWER_2;
import static io.replog.replication.simulation.SimulatedCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.replication.master.AddOutcome;
import io.replog.replication.master.AddOutcome.AddRefusal;
import io.replog.replication.master.AdoptOutcome;
import io.replog.replication.master.MasterPhase;
import io.replog.replication.simulation.SimulatedMaster.AddRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Stories told by hand, in virtual time, in a network that is fair unless the story breaks it.
class ScenarioTest {

  private static final Duration A_MOMENT = Duration.ofMillis(50);
  private static final Duration SOON = Duration.ofSeconds(1);

  private final SimulatedCluster cluster = SimulatedCluster.calm(2);

  @Test
  void selfCheckPassesWithFollowerTwoLate() {
    cluster.startAll();
    cluster.awaitServing();
    cluster.crash(FOLLOWER_2);

    Added first = cluster.add("Msg1", 1);
    cluster.run(A_MOMENT);
    Added second = cluster.add("Msg2", 2);
    cluster.run(A_MOMENT);
    Added third = cluster.add("Msg3", 3);
    cluster.run(Duration.ofSeconds(30));
    Added fourth = cluster.add("Msg4", 1);
    cluster.run(A_MOMENT);

    assertThat(List.of(first.isMet(), second.isMet(), third.ended(), fourth.isMet()))
        .containsExactly(true, true, false, true);

    cluster.start(FOLLOWER_2);
    cluster.await("the blocked add returns", SOON, third::isMet);
    cluster.awaitConverged(Duration.ofSeconds(3));

    assertThat(cluster.shownBy(FOLLOWER_2)).containsExactly("Msg1", "Msg2", "Msg3", "Msg4");
  }

  @Test
  void beginsWithFollowerTwoNeverSeenAndLetsItArriveLate() {
    cluster.start(MASTER);
    cluster.start(FOLLOWER_1);
    cluster.awaitServing();
    Added all = cluster.add("Msg1", 3);
    cluster.run(Duration.ofMinutes(2));

    assertThat(all.ended()).isFalse();

    cluster.start(FOLLOWER_2);
    cluster.await("the blocked add returns", SOON, all::isMet);

    assertThat(cluster.shownBy(FOLLOWER_2)).containsExactly("Msg1");
  }

  @Test
  void writeConcernWaitsForTheSlowestItNeedsAndNotForTheSum() {
    startWithDelaysOfFiveAndTwoSeconds();

    Added one = cluster.add("m1", 1);
    Added two = cluster.add("m2", 2);
    Added three = cluster.add("m3", 3);
    cluster.run(Duration.ofSeconds(7));

    assertThat(one.took()).isBetween(Duration.ZERO, A_MOMENT);
    assertThat(two.took()).isBetween(Duration.ofSeconds(2), Duration.ofMillis(2_100));
    assertThat(three.took()).isBetween(Duration.ofSeconds(5), Duration.ofMillis(5_100));
  }

  @Test
  void twoHundredCallsAtOnceWaitAsLongAsOne() {
    startWithDelaysOfFiveAndTwoSeconds();

    List<Added> calls = IntStream.range(0, 200).mapToObj(n -> cluster.add("m" + n, 3)).toList();
    cluster.run(Duration.ofSeconds(7));

    assertThat(calls).allMatch(Added::isMet);
    assertThat(calls)
        .allSatisfy(call -> assertThat(call.took()).isLessThan(Duration.ofMillis(5_300)));
  }

  @Test
  void everyOneOfManySpreadCallsIsDelayedOnlyByTheDelay() {
    startWithDelaysOfFiveAndTwoSeconds();

    List<Added> calls = new ArrayList<>();
    for (int n = 0; n < 200; n++) {
      calls.add(cluster.add("m" + n, 3));
      cluster.run(Duration.ofMillis(25));
    }
    cluster.run(Duration.ofSeconds(7));

    assertThat(calls).allMatch(Added::isMet);
    assertThat(calls)
        .allSatisfy(call -> assertThat(call.took()).isLessThan(Duration.ofMillis(5_600)));
  }

  @Test
  void wipedFollowerOnAnIdleClusterIsRepairedByHeartbeatsAlone() {
    cluster.startAll();
    cluster.awaitServing();
    cluster.add("m1", 3);
    cluster.add("m2", 3);
    cluster.run(SOON);

    cluster.wipe(FOLLOWER_1);
    cluster.start(FOLLOWER_1);
    cluster.awaitConverged(Duration.ofSeconds(5));

    assertThat(cluster.shownBy(FOLLOWER_1)).containsExactly("m1", "m2");
  }

  @Test
  void pausedFollowerCostsTheOthersNothing() {
    cluster.startAll();
    cluster.awaitServing();
    cluster.pause(FOLLOWER_2);

    List<Added> calls = new ArrayList<>();
    for (int second = 0; second < 60; second++) {
      calls.add(cluster.add("m" + second, 2));
      cluster.run(SOON);
    }

    assertThat(calls).allSatisfy(call -> assertThat(call.took()).isLessThan(A_MOMENT));

    cluster.resume(FOLLOWER_2);
    cluster.awaitConverged(Duration.ofSeconds(5));

    assertThat(cluster.shownBy(FOLLOWER_2)).hasSize(60);
  }

  @Test
  void wakesAtTheFirstSignOfLifeAndNotAfterABackOff() {
    cluster.startAll();
    cluster.awaitServing();
    cluster.partition(MASTER, FOLLOWER_2);
    Added all = cluster.add("m1", 3);
    cluster.run(Duration.ofMinutes(5));

    cluster.heal();
    cluster.await("the blocked add returns", SOON, all::isMet);

    assertThat(all.took()).isLessThan(Duration.ofMinutes(5).plus(SOON));
  }

  @Test
  void emptiedMasterBesideFullFollowersStaysReadOnlyUntilItAdopts() {
    cluster.startAll();
    cluster.awaitServing();
    cluster.add("m1", 3);
    cluster.run(SOON);
    cluster.add("m2", 2);
    cluster.run(SOON);

    cluster.crash(MASTER);
    cluster.run(SOON);
    cluster.wipe(MASTER);
    cluster.start(MASTER);
    cluster.run(Duration.ofMinutes(1));
    Added refused = cluster.add("m3", 1);
    cluster.run(A_MOMENT);

    assertThat(cluster.master().view().phase()).isEqualTo(MasterPhase.NO_LOG);
    assertThat(refused.outcome())
        .isInstanceOfSatisfying(
            AddOutcome.Refused.class,
            outcome -> assertThat(outcome.refusal()).isEqualTo(AddRefusal.NO_LOG));

    List<AdoptOutcome> told = new ArrayList<>();
    cluster.adopt(told::add);
    cluster.awaitServing();
    cluster.awaitConverged(Duration.ofSeconds(5));

    assertThat(told).hasOnlyElementsOfType(AdoptOutcome.Adopted.class).hasSize(1);
    assertThat(cluster.shownBy(MASTER)).containsExactly("m1", "m2");
  }

  @Test
  void unforcedEntryLostWithPowerIsNotAcknowledgedAndComesBackOnceByItsKey() {
    cluster.startAll();
    cluster.awaitServing();
    AddRequest request = new AddRequest("k1", "m1", 3, 0);
    Added lost = cluster.add(cluster.master(), request, Duration.ofSeconds(2));
    cluster.run(Duration.ofNanos(450_000));
    cluster.nodes().forEach(SimulatedNode::cutPower);
    cluster.startAll();
    cluster.awaitServing();

    Added again = cluster.add(cluster.master(), request, Duration.ofMinutes(1));
    cluster.await("the add returns", SOON, again::isMet);

    assertThat(lost.isMet()).isFalse();
    assertThat(cluster.shownBy(MASTER)).containsExactly("m1");
  }

  @Test
  void masterThatLostItsPlaceIsFencedAndTheFollowersTakeOnlyTheNewer() {
    SimulatedCluster forked = SimulatedCluster.withSecondMaster();
    forked.startAll();
    forked.awaitServing();
    forked.add("m1", 3);
    forked.run(SOON);

    forked.startSecondMaster(true);
    forked.run(Duration.ofSeconds(5));
    Added old = forked.add("m2", 2);
    forked.run(SOON);

    assertThat(forked.master().view().phase()).isEqualTo(MasterPhase.FENCED);
    assertThat(old.isMet()).isFalse();
    assertThat(forked.shownBy(FOLLOWER_1)).containsExactly("m1");
  }

  @Test
  void restartedFollowerOnAnIdleClusterLearnsWhatIsCommittedFromHeartbeats() {
    cluster.startAll();
    cluster.awaitServing();
    cluster.add("m1", 3);
    cluster.run(A_MOMENT);

    cluster.cutPower(FOLLOWER_1);
    cluster.start(FOLLOWER_1);
    cluster.run(SOON);

    assertThat(cluster.follower(FOLLOWER_1).view().commitIndex()).isEqualTo(1);
  }

  @Test
  void restoredMasterTakesOverWhatItLacksAlthoughAPullIsLost() {
    cluster.startAll();
    cluster.awaitServing();
    cluster.add("m1", 3);
    cluster.run(A_MOMENT);
    SimulatedDisk backup =
        cluster.master().disk().copyTo(cluster.newId("incarnation"), cluster.master());
    cluster.add("m2", 2);
    cluster.run(A_MOMENT);
    cluster.add("m3", 3);
    cluster.run(A_MOMENT);

    cluster.crash(FOLLOWER_2);
    cluster.crash(MASTER);
    cluster.master().disk(backup);
    cluster.start(MASTER);
    cluster.run(Duration.ofMillis(1_950));
    cluster.network().cut(FOLLOWER_1, MASTER);
    cluster.run(Duration.ofMillis(650));
    assertThat(cluster.master().serves()).isFalse();
    cluster.heal();
    cluster.awaitServing();

    assertThat(cluster.shownBy(MASTER)).containsExactly("m1", "m2", "m3");
    cluster.start(FOLLOWER_2);
    cluster.awaitConverged(Duration.ofSeconds(10));
  }

  @Test
  void callsEndInTimeOnAClockThatIsStillNegative() {
    SimulatedCluster early = SimulatedCluster.calm(1);
    early.startAll();
    early.awaitServing();
    early.crash(FOLLOWER_1);

    AddRequest request = new AddRequest(null, "m1", 2, Duration.ofSeconds(1).toNanos());
    Added added = early.add(early.master(), request, Duration.ofMinutes(1));
    early.run(Duration.ofSeconds(2));

    assertThat(added.outcome()).isInstanceOf(AddOutcome.Unmet.class);
  }

  @Test
  void clusterOfOneNeedsNobody() {
    SimulatedCluster single = SimulatedCluster.calm(0);
    single.startAll();
    single.awaitServing();

    Added added = single.add("m1", 1);
    single.await("the add returns", SOON, added::isMet);

    assertThat(single.shownBy(MASTER)).containsExactly("m1");
  }

  private void startWithDelaysOfFiveAndTwoSeconds() {
    cluster.delay(FOLLOWER_1, Duration.ofSeconds(5));
    cluster.delay(FOLLOWER_2, Duration.ofSeconds(2));
    cluster.startAll();
    cluster.awaitServing();
    cluster.run(SOON);
  }
}
