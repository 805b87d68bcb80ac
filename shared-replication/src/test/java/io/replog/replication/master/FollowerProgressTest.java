package io.replog.replication.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.FollowerFault;
import io.replog.model.Position;
import io.replog.model.RefusalReason;
import io.replog.model.ReplicaState;
import io.replog.model.Standing;
import io.replog.replication.MemoryLog;
import io.replog.replication.master.MasterFixture.FakeFollower;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FollowerProgressTest {

  private final MasterFixture master =
      MasterFixture.serving(settings -> MasterFixture.bounded(settings, 10_000, 1), "f1", "f2");
  private final FakeFollower f1 = master.follower("f1");

  @Test
  void sendsNothingWhenThereIsNothingNew() {
    int before = f1.sent();

    master.passesWithHeartbeats(Duration.ofSeconds(3), "f1", "f2");

    assertThat(f1.sent()).isEqualTo(before);
    assertThat(master.viewOf("f1").state()).isEqualTo(ReplicaState.IN_SYNC);
  }

  @Test
  void sendsOnlyWhatIsDurable() {
    master.diskIsSlow();
    int before = f1.sent();

    master.add("m1", 1);
    assertThat(f1.sent()).isEqualTo(before);
    master.becomesDurable();

    assertThat(f1.lastSend().upTo()).isEqualTo(1);
  }

  @Test
  void keepsFourBatchesInFlightWithoutDelay() {
    int before = f1.sent();

    addMany(10);
    assertThat(f1.sent() - before).isEqualTo(4);
    f1.acknowledges(1);

    assertThat(f1.lastSend().previous().index()).isEqualTo(4);
    assertThat(f1.sent() - before).isGreaterThan(4);
  }

  @Test
  void spreadsItsWindowOverAnArtificialDelay() {
    f1.delay = Duration.ofMillis(4_800);
    f1.answersHeartbeat();
    int before = f1.sent();

    addMany(200);
    assertThat(f1.sent() - before).isEqualTo(16);
    master.passesWithHeartbeats(Duration.ofMillis(1_000), "f1", "f2");
    assertThat(f1.sent() - before).isEqualTo(26);
    master.passesWithHeartbeats(Duration.ofMillis(9_000), "f1", "f2");

    assertThat(f1.sent() - before).isEqualTo(64);
    assertThat(f1.lastSend().timeoutNanos()).isEqualTo(Duration.ofMillis(9_800).toNanos());
  }

  @Test
  void changesItsStateOnceWhileItCatchesUp() {
    addMany(20);
    f1.failsSend();
    master.passes(Duration.ofMillis(200));
    int before = changesOfState();

    for (int index = 0; index <= 20; index++) {
      f1.acknowledges(index);
    }

    assertThat(master.viewOf("f1").state()).isEqualTo(ReplicaState.IN_SYNC);
    assertThat(changesOfState() - before).isEqualTo(1);
  }

  @Test
  void goesBackToWhatIsProvenAfterAFailure() {
    addMany(3);
    f1.acknowledges(1);

    f1.failsSend();
    master.passes(Duration.ofMillis(200));

    assertThat(f1.lastSend().previous().index()).isEqualTo(1);
    assertThat(f1.lastSend().upTo()).isEqualTo(1);
  }

  @Test
  void countsOneFailureForAllThatWasInFlight() {
    addMany(3);

    f1.sends.reversed().stream()
        .limit(3)
        .forEach(
            send ->
                master.step(
                    new MasterInput.SendFailed(
                        "f1", send.batch(), SendFailure.UNREACHED, "connection reset")));

    assertThat(master.events(MasterEvent.FollowerFailed.class)).hasSize(1);
  }

  @Test
  void waitsLongerAfterEachFailure() {
    master.add("m1", 1);
    f1.failsSend();
    master.passes(Duration.ofMillis(200));
    f1.failsSend();

    assertThat(master.viewOf("f1").nextAttemptNanos()).isEqualTo(400_000_000);
    assertThat(master.events(MasterEvent.FollowerFailed.class))
        .extracting(MasterEvent.FollowerFailed::failures)
        .containsExactly(1, 2);
  }

  @Test
  void countsTheAnswerToABatchGivenUpForLost() {
    addMany(2);
    long second = f1.lastSend().batch();
    master.step(new MasterInput.SendFailed("f1", second - 1, SendFailure.UNREACHED, "reset"));
    f1.failsSend();

    f1.promises();
    f1.position = master.log.positionAt(2);
    f1.acknowledges(second, f1.standing());

    assertThat(master.viewOf("f1").matchIndex()).isEqualTo(2);
  }

  @Test
  void wakesAtTheFirstSignOfLife() {
    loseFollower();
    long blocked = master.add("m1", 2);
    int before = f1.sent();

    f1.answersHeartbeat();

    assertThat(f1.sent()).isEqualTo(before + 1);
    f1.acknowledges(0);
    f1.acknowledges(1);
    assertThat(master.isMet(blocked)).isTrue();
  }

  @Test
  void wakesWhenAFollowerIsBackBeforeAHeartbeatWasMissed() {
    f1.answersHeartbeat();
    failsTimes(6, SendFailure.UNREACHED);
    assertThat(master.viewOf("f1").nextAttemptNanos()).isPositive();
    int before = f1.sent();

    f1.answersHeartbeat();

    assertThat(f1.sent()).isEqualTo(before + 1);
  }

  @Test
  void waitsOutItsBackOffWhenAFollowerAnswersNothingButHeartbeats() {
    f1.answersHeartbeat();
    failsTimes(6, SendFailure.FAILED);
    int before = f1.sent();

    master.passesWithHeartbeats(Duration.ofMillis(4_900), "f1", "f2");
    assertThat(f1.sent()).isEqualTo(before);
    master.passesWithHeartbeats(Duration.ofMillis(200), "f1", "f2");

    assertThat(f1.sent()).isEqualTo(before + 1);
  }

  @Test
  void costsTheOthersNothingWhileItIsGone() {
    loseFollower();

    long add = master.add("m1", 2);
    master.follower("f2").acknowledges(1);

    assertThat(master.isMet(add)).isTrue();
    assertThat(master.viewOf("f1").lag()).isEqualTo(1);
  }

  @Test
  void repairsAnEmptiedFollowerOnAnIdleClusterByHeartbeatsAlone() {
    master.add("m1", 1);
    f1.acknowledges(1);
    f1.isWiped();

    master.passes(Duration.ofMillis(500));
    f1.answersHeartbeat();
    assertThat(master.viewOf("f1").matchIndex()).isZero();
    f1.acknowledges(0);

    assertThat(f1.lastSend().previous()).isEqualTo(Position.START);
    assertThat(f1.lastSend().upTo()).isEqualTo(1);
    assertThat(master.events(MasterEvent.IncarnationChanged.class))
        .containsExactly(new MasterEvent.IncarnationChanged("f1", 1));
  }

  @Test
  void ignoresALateAnswerOfTheFormerDisk() {
    master.add("m1", 1);
    long sentBefore = f1.lastSend().batch();
    f1.promises();
    f1.position = master.log.positionAt(1);
    Standing former = f1.standing();
    f1.isWiped();
    master.passes(Duration.ofMillis(500));
    f1.answersHeartbeat();

    f1.acknowledges(sentBefore, former);

    assertThat(master.viewOf("f1").matchIndex()).isZero();
    assertThat(master.core.acksOf(1)).isEqualTo(1);
  }

  @Test
  void movesNothingByAHeartbeat() {
    long add = master.add("m1", 2);

    f1.holds(MasterFixture.START, master.log.positionAt(1)).answersHeartbeat();

    assertThat(master.viewOf("f1").matchIndex()).isZero();
    assertThat(master.outcomeOf(add)).isNull();
  }

  @Test
  void startsOverWhenTheFollowerLostWhatItHadAcknowledged() {
    master.add("m1", 1);
    f1.acknowledges(1);
    master.passes(Duration.ofMillis(500));

    f1.holds(MasterFixture.START, Position.START).answersHeartbeat();

    assertThat(master.viewOf("f1").matchIndex()).isZero();
    assertThat(f1.lastSend().previous()).isEqualTo(Position.START);
  }

  @Test
  void believesNoAcknowledgementWithAnotherChain() {
    long add = master.add("m1", 2);

    f1.promises();
    f1.position = new Position(1, 1, 4711);
    f1.acknowledges(f1.lastSend().batch(), f1.standing());

    assertThat(master.outcomeOf(add)).isNull();
    assertThat(master.viewOf("f1").state()).isEqualTo(ReplicaState.DIVERGED);
  }

  @Test
  void saysHowFarAFollowerIsAhead() {
    f1.promises();
    f1.position = MemoryLog.of(1, 3).end();
    master.add("m1", 1);

    f1.refuses(RefusalReason.DIVERGED);

    assertThat(master.viewOf("f1").lastError()).contains("2 entries beyond the master's #1");
  }

  @Test
  void goesOnAtOnceBehindAGap() {
    addMany(3);
    f1.promises();
    f1.position = master.log.positionAt(1);

    f1.refuses(RefusalReason.GAP);

    assertThat(master.viewOf("f1").matchIndex()).isEqualTo(1);
    assertThat(f1.sends).anyMatch(send -> send.previous().index() == 1 && send.upTo() == 3);
  }

  @Test
  void triesAFullFollowerAgainUntilItHasRoom() {
    master.add("m1", 1);
    f1.promises();
    f1.fault = FollowerFault.FULL;
    f1.refuses(RefusalReason.FULL);
    assertThat(master.viewOf("f1").state()).isEqualTo(ReplicaState.FULL);
    int before = f1.sent();

    f1.fault = null;
    master.passes(Duration.ofMillis(500));
    f1.answersHeartbeat();

    assertThat(f1.sent()).isGreaterThan(before);
    f1.acknowledges(1);
    assertThat(master.viewOf("f1").state()).isEqualTo(ReplicaState.IN_SYNC);
  }

  @Test
  void asksADivergedFollowerAgainEveryFiveSeconds() {
    master.add("m1", 1);
    f1.promises();
    f1.fault = FollowerFault.DIVERGED;
    f1.refuses(RefusalReason.DIVERGED);
    int before = f1.sent();

    master.passesWithHeartbeats(Duration.ofMillis(4_900), "f1");
    assertThat(f1.sent()).isEqualTo(before);
    master.passesWithHeartbeats(Duration.ofMillis(200), "f1");

    assertThat(f1.sent()).isEqualTo(before + 1);
  }

  @Test
  void leavesAFollowerOfAnotherLogAlone() {
    master.add("m1", 1);
    f1.holds("other", MemoryLog.of(1, 2).end());

    f1.refuses(RefusalReason.OTHER_LOG);

    assertThat(master.viewOf("f1").state()).isEqualTo(ReplicaState.OTHER_LOG);
    assertThat(master.view().phase()).isEqualTo(MasterPhase.SERVING);
  }

  /// Fails that often in a row, each time as soon as the next attempt has left.
  private void failsTimes(int times, SendFailure kind) {
    master.add("m1", 1);
    f1.failsSend(kind);
    for (int failed = 1; failed < times; failed++) {
      Duration wait = Duration.ofNanos(master.viewOf("f1").nextAttemptNanos());
      master.passesWithHeartbeats(wait, "f1", "f2");
      f1.failsSend(kind);
    }
  }

  private int changesOfState() {
    return (int)
        master.events(MasterEvent.StateChanged.class).stream()
            .filter(change -> change.follower().equals("f1"))
            .count();
  }

  private void addMany(int count) {
    for (int i = 1; i <= count; i++) {
      master.add("m" + i, 1);
    }
  }

  private void loseFollower() {
    f1.answersHeartbeat();
    master.passesWithHeartbeats(Duration.ofSeconds(3), "f2");
  }
}
