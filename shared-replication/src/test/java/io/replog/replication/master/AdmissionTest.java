package io.replog.replication.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.FollowerFault;
import io.replog.model.RefusalReason;
import io.replog.model.ReplicaStatus;
import io.replog.replication.master.AddOutcome.AddRefusal;
import io.replog.replication.master.AddOutcome.Unmet;
import io.replog.replication.master.AddOutcome.UnmetReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdmissionTest {

  @Test
  void refusesBeforeTheAppendWhenTooMuchIsNotYetDurable() {
    MasterFixture master =
        MasterFixture.serving(settings -> MasterFixture.bounded(settings, 2, 1_024), "f1");
    master.diskIsSlow();
    master.add("m1", 1);
    master.add("m2", 1);

    assertThat(master.refusalOf(master.add("m3", 1))).isEqualTo(AddRefusal.OVERLOADED);
    master.becomesDurable();

    master.add("m3", 1);
    assertThat(master.log.texts()).containsExactly("m1", "m2", "m3");
  }

  @Test
  void turnsReadOnlyWithoutAMajorityAndWritableAfterTwoGoodBeats() {
    MasterFixture master = MasterFixture.serving(MasterFixture::withQuorum, "f1", "f2");
    master.passes(Duration.ofMillis(1_900));
    assertThat(master.view().writable()).isTrue();
    master.passes(Duration.ofMillis(200));

    assertThat(master.refusalOf(master.add("m1", 1))).isEqualTo(AddRefusal.NO_QUORUM);
    assertThat(master.view().reason())
        .isEqualTo("no quorum: 1 of 3 nodes is reachable, the log is read-only");

    master.follower("f1").answersHeartbeat();
    assertThat(master.view().writable()).isFalse();
    master.passesWithHeartbeats(Duration.ofMillis(500), "f1");
    assertThat(master.isMet(master.add("m1", 1))).isTrue();
  }

  @Test
  void countsNobodyWhoCannotHoldAnythingForTheMajority() {
    MasterFixture master = MasterFixture.serving(MasterFixture::withQuorum, "f1", "f2");
    master.passesWithHeartbeats(Duration.ofSeconds(3), "f2");
    assertThat(master.isMet(master.add("m1", 1))).isTrue();

    master.follower("f2").fault = FollowerFault.CORRUPT;
    master.passesWithHeartbeats(Duration.ofSeconds(1), "f2");

    assertThat(master.outcomeOf(master.add("m2", 1)))
        .isInstanceOfSatisfying(
            AddOutcome.Refused.class,
            refused -> assertThat(refused.shortage()).isEqualTo(new AddOutcome.Shortage(1, 2)));
    master.follower("f2").isWiped();
    master.follower("f2").fault = null;
    master.passesWithHeartbeats(Duration.ofSeconds(1), "f2");
    assertThat(master.isMet(master.add("m2", 1))).isTrue();
  }

  @Test
  void letsTheConcernDecideWithoutQuorumAppend() {
    MasterFixture master = MasterFixture.serving("f1", "f2");
    master.passes(Duration.ofSeconds(5));

    assertThat(master.isMet(master.add("m1", 1))).isTrue();
    assertThat(master.outcomeOf(master.add("m2", 2))).isNull();
  }

  @Test
  void goesOnWaitingWithoutAMajority() {
    MasterFixture master = MasterFixture.serving(MasterFixture::withQuorum, "f1", "f2");
    long add = master.add("m1", 2);

    master.passes(Duration.ofSeconds(5));
    assertThat(master.outcomeOf(add)).isNull();
    master.follower("f1").answersHeartbeat();
    master.follower("f1").acknowledges(0);
    master.follower("f1").acknowledges(1);

    assertThat(master.isMet(add)).isTrue();
  }

  @Test
  void isFencedByAHigherPromise() {
    MasterFixture master = MasterFixture.serving("f1", "f2");
    long add = master.add("m1", 2);

    master.follower("f1").promisedEpoch = 9;
    master.follower("f1").answersHeartbeat();

    assertThat(master.view().phase()).isEqualTo(MasterPhase.FENCED);
    assertThat(master.outcomeOf(add)).isEqualTo(new Unmet(1, 1, 1, 2, UnmetReason.FENCED, false));
    assertThat(master.refusalOf(master.add("m2", 1))).isEqualTo(AddRefusal.FENCED);
  }

  @Test
  void isFencedByTheSameEpochOfAnotherMaster() {
    MasterFixture master = MasterFixture.serving("f1", "f2");
    master.add("m1", 1);

    master.follower("f1").refuses(RefusalReason.STALE_EPOCH);

    assertThat(master.view().phase()).isEqualTo(MasterPhase.FENCED);
  }

  @Test
  void countsNothingOfAWipedDiskWhenItIsFenced() {
    MasterFixture master = MasterFixture.serving("f1", "f2");
    long add = master.add("m1", 3);
    master.follower("f1").acknowledges(1);
    master.add("m2", 1);

    master.follower("f1").isWiped();
    master.follower("f1").logId = MasterFixture.START;
    master.follower("f1").refuses(RefusalReason.STALE_EPOCH);

    assertThat(master.outcomeOf(add)).isEqualTo(new Unmet(1, 1, 1, 3, UnmetReason.FENCED, false));
    assertThat(master.core.acksOf(1)).isEqualTo(1);
  }

  @Test
  void isNotFencedByTheEpochOfAnotherLog() {
    MasterFixture master = MasterFixture.serving("f1", "f2");

    master.follower("f1").logId = "other";
    master.follower("f1").promisedEpoch = 9;
    master.follower("f1").answersHeartbeat();

    assertThat(master.view().phase()).isEqualTo(MasterPhase.SERVING);
  }

  @Test
  void tellsHealthByMissedHeartbeats() {
    MasterFixture master = MasterFixture.serving("f1", "f2");

    master.passesWithHeartbeats(Duration.ofMillis(1_100), "f2");
    assertThat(master.viewOf("f1").status()).isEqualTo(ReplicaStatus.SUSPECTED);
    master.passesWithHeartbeats(Duration.ofMillis(1_000), "f2");
    assertThat(master.viewOf("f1").status()).isEqualTo(ReplicaStatus.UNHEALTHY);
    master.follower("f1").answersHeartbeat();

    assertThat(master.viewOf("f1").status()).isEqualTo(ReplicaStatus.HEALTHY);
    assertThat(master.viewOf("f2").status()).isEqualTo(ReplicaStatus.HEALTHY);
  }
}
