package io.replog.replication.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.FollowerFault;
import io.replog.model.Position;
import io.replog.model.Promise;
import io.replog.replication.MemoryLog;
import io.replog.replication.master.AddOutcome.AddRefusal;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class MasterStartTest {

  private final MemoryLog full = MemoryLog.of(3, 5);

  @Test
  void servesAsSoonAsAllFollowersHaveAnswered() {
    MasterFixture master = withLog(5);
    master.tick();
    assertThat(master.refusalOf(master.add("m", 1))).isEqualTo(AddRefusal.STARTING);

    master.follower("f1").answersHeartbeat();
    assertThat(master.view().phase()).isEqualTo(MasterPhase.STARTING);
    master.follower("f2").answersHeartbeat();

    assertThat(master.view().phase()).isEqualTo(MasterPhase.SERVING);
    assertThat(master.view().logId()).isEqualTo(MasterFixture.LOG);
  }

  @Test
  void servesAfterTwoSecondsHoweverFewHaveAnswered() {
    MasterFixture master = withLog(5);

    master.passes(Duration.ofMillis(1_900));
    assertThat(master.view().phase()).isEqualTo(MasterPhase.STARTING);
    master.passes(Duration.ofMillis(100));

    assertThat(master.view().phase()).isEqualTo(MasterPhase.SERVING);
  }

  @Test
  void asksForTwoSecondsHoweverLateItsFirstLookIs() {
    MasterFixture master = withLog(5);
    master.now += Duration.ofSeconds(5).toNanos();

    master.passes(Duration.ofMillis(1_900));
    assertThat(master.view().phase()).isEqualTo(MasterPhase.STARTING);
    master.passes(Duration.ofMillis(100));

    assertThat(master.view().phase()).isEqualTo(MasterPhase.SERVING);
  }

  @Test
  void takesAnEpochAboveAllItHasHeardOf() {
    MasterFixture master = withLog(5);
    master.tick();
    master.follower("f1").promisedEpoch = 8;

    master.follower("f1").answersHeartbeat();
    master.follower("f2").answersHeartbeat();

    assertThat(master.all(MasterEffect.PersistPromise.class))
        .containsExactly(
            new MasterEffect.PersistPromise(
                new Promise(9, MasterFixture.START, MasterFixture.LOG)));
  }

  @Test
  void waitsForAMajorityWhereOneIsRequired() {
    MasterFixture master = MasterFixture.with(full, MasterFixture::withQuorum, sound(), "f1", "f2");
    master.passes(Duration.ofSeconds(5));
    assertThat(master.refusalOf(master.add("m", 1))).isEqualTo(AddRefusal.NO_QUORUM);
    assertThat(master.view().reason()).contains("1 of 3 nodes");

    master.follower("f2").answersHeartbeat();

    assertThat(master.view().phase()).isEqualTo(MasterPhase.SERVING);
  }

  @Test
  void countsNobodyWhoCannotHoldThisLogForTheMajority() {
    MasterFixture master = MasterFixture.with(full, MasterFixture::withQuorum, sound(), "f1", "f2");
    master.tick();
    master.follower("f1").fault = FollowerFault.CORRUPT;
    master.follower("f1").answersHeartbeat();
    master.follower("f2").holds("other", full.end()).answersHeartbeat();

    assertThat(master.outcomeOf(master.add("m", 1)))
        .isInstanceOfSatisfying(
            AddOutcome.Refused.class,
            refused -> assertThat(refused.shortage()).isEqualTo(new AddOutcome.Shortage(1, 2)));
    master.follower("f2").isWiped();
    master.passes(Duration.ofMillis(500));
    master.follower("f2").answersHeartbeat();

    assertThat(master.view().phase()).isEqualTo(MasterPhase.SERVING);
  }

  @Test
  void requiresAMajorityWhenRecoveryCutSomething() {
    MasterFixture master = MasterFixture.with(full, same(), cut(), "f1", "f2");

    master.passes(Duration.ofSeconds(5));

    assertThat(master.view().phase()).isEqualTo(MasterPhase.STARTING);
  }

  @Test
  void pullsWhatAVerifiedFollowerHasBeyondIt() {
    MasterFixture master = withLog(2);
    master.tick();
    master.follower("f1").holds(MasterFixture.LOG, full.end()).answersHeartbeat();
    master.follower("f2").answersHeartbeat();

    assertThat(lastPull(master)).isEqualTo(new MasterEffect.Pull("f1", full.positionAt(2)));
    master.follower("f1").gives(full, 2);
    assertThat(lastPull(master)).isEqualTo(new MasterEffect.Pull("f1", full.end()));
    master.follower("f1").gives(full, 5);

    assertThat(master.log.texts()).isEqualTo(full.texts());
    assertThat(master.view().phase()).isEqualTo(MasterPhase.SERVING);
    assertThat(master.view().epoch()).isEqualTo(4);
  }

  @Test
  void turnsToTheNextFollowerWhenEntriesDoNotFollow() {
    MasterFixture master = withLog(2);
    MemoryLog forged = MemoryLog.of(7, 6);
    master.tick();
    master.follower("f1").holds(MasterFixture.LOG, forged.end()).answersHeartbeat();
    master.follower("f2").holds(MasterFixture.LOG, full.end()).answersHeartbeat();

    master.follower("f1").gives(forged, 2);
    assertThat(lastPull(master)).isEqualTo(new MasterEffect.Pull("f2", full.positionAt(2)));
    master.follower("f2").refusesPull();

    assertThat(master.log.texts()).containsExactly("m1", "m2");
    assertThat(master.view().phase()).isEqualTo(MasterPhase.SERVING);
  }

  @Test
  void keepsAskingWhenAPullIsLost() {
    MasterFixture master = withLog(2);
    master.tick();
    master.follower("f1").holds(MasterFixture.LOG, full.end()).answersHeartbeat();
    master.follower("f2").answersHeartbeat();

    for (int lost = 1; lost <= 3; lost++) {
      master.follower("f1").losesPull();
      assertThat(master.refusalOf(master.add("m", 1))).isEqualTo(AddRefusal.STARTING);
      assertThat(master.view().reason()).contains("f1 holds entries up to #5");
      master.passesWithHeartbeats(Duration.ofSeconds(2), "f1", "f2");
      assertThat(master.all(MasterEffect.Pull.class)).hasSize(lost + 1);
    }
    master.follower("f1").gives(full, 2);
    master.follower("f1").gives(full, 5);

    assertThat(master.view().phase()).isEqualTo(MasterPhase.SERVING);
    assertThat(master.log.texts()).isEqualTo(full.texts());
  }

  @Test
  void turnsToAnotherFollowerWhileAPullIsLost() {
    MasterFixture master = withLog(2);
    master.tick();
    master.follower("f1").holds(MasterFixture.LOG, full.end()).answersHeartbeat();
    master.follower("f2").holds(MasterFixture.LOG, full.end()).answersHeartbeat();
    String first = lastPull(master).follower();

    master.follower(first).losesPull();

    assertThat(lastPull(master).follower()).isNotEqualTo(first);
  }

  @Test
  void goesOnWithoutAFollowerThatIsAheadOnceItIsUnhealthy() {
    MasterFixture master = withLog(2);
    master.tick();
    master.follower("f1").holds(MasterFixture.LOG, full.end()).answersHeartbeat();
    master.follower("f2").answersHeartbeat();
    master.follower("f1").losesPull();

    master.passesWithHeartbeats(Duration.ofMillis(700), "f2");
    master.follower("f1").losesPull();
    assertThat(master.view().phase()).isEqualTo(MasterPhase.STARTING);
    master.passesWithHeartbeats(Duration.ofSeconds(3), "f2");
    master.follower("f1").losesPull();

    assertThat(master.view().phase()).isEqualTo(MasterPhase.SERVING);
  }

  @Test
  void pullsNothingOfAnotherLog() {
    MasterFixture master = withLog(2);
    master.tick();
    master.follower("f1").holds("other", full.end()).answersHeartbeat();
    master.follower("f2").answersHeartbeat();

    assertThat(master.all(MasterEffect.Pull.class)).isEmpty();
    assertThat(master.view().phase()).isEqualTo(MasterPhase.SERVING);
  }

  @Test
  void probesEveryFollowerWhereItSaysToStand() {
    MasterFixture master = withLog(5);
    master.tick();
    master.follower("f1").holds(MasterFixture.LOG, full.positionAt(3)).answersHeartbeat();
    master.follower("f2").answersHeartbeat();

    assertThat(master.follower("f1").lastSend().previous()).isEqualTo(full.positionAt(3));
    assertThat(master.follower("f1").lastSend().upTo()).isEqualTo(3);
    assertThat(master.follower("f2").lastSend().previous()).isEqualTo(Position.START);
  }

  private static MasterFixture withLog(int entries) {
    return MasterFixture.with(logOf(entries), "f1", "f2");
  }

  private static MemoryLog logOf(int entries) {
    return MemoryLog.of(3, entries);
  }

  private static MasterEffect.Pull lastPull(MasterFixture master) {
    return master.all(MasterEffect.Pull.class).getLast();
  }

  private static UnaryOperator<MasterSettings> same() {
    return settings -> settings;
  }

  private static UnaryOperator<RecoveredMaster> sound() {
    return recovered -> recovered;
  }

  private static UnaryOperator<RecoveredMaster> cut() {
    return r ->
        new RecoveredMaster(
            r.end(), 0, r.promise(), r.logId(), null, "a record was cut", List.of(), null);
  }
}
