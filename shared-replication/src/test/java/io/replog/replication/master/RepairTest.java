package io.replog.replication.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.Entry;
import io.replog.model.FollowerFault;
import io.replog.model.ReplicaState;
import io.replog.replication.MemoryLog;
import io.replog.replication.master.AddOutcome.AddRefusal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How a master of ten entries, of which the fourth to the sixth cannot be read, becomes whole; and
/// how it heals a follower.
class RepairTest {

  private final MemoryLog whole = MemoryLog.of(3, 10);

  @Test
  void isReadOnlyWhileAPartOfItsLogIsMissing() {
    MasterFixture master = damaged();

    master.passes(Duration.ofSeconds(20));

    assertThat(master.refusalOf(master.add("m", 1))).isEqualTo(AddRefusal.CORRUPT);
    assertThat(master.view().reason()).contains("#4 to #6", "no reachable follower holds it");
    assertThat(master.all(MasterEffect.PersistPromise.class)).isEmpty();
  }

  @Test
  void fillsTheHoleFromTheFirstFollowerThatHoldsMore() {
    MasterFixture master = damaged();
    master.tick();

    master.follower("f1").holds(MasterFixture.LOG, whole.end()).answersHeartbeat();
    assertThat(lastPull(master)).isEqualTo(new MasterEffect.Pull("f1", whole.positionAt(3)));
    master.follower("f1").gives(whole, 3);

    assertThat(written(master)).containsExactly(4L, 5L, 6L);
    assertThat(master.log.texts()).isEqualTo(whole.texts());
    assertThat(master.all(MasterEffect.BeginAnew.class)).hasSize(1);
  }

  @Test
  void servesNothingBeforeItHasBegunAnew() {
    MasterFixture master = damaged();
    master.tick();
    master.follower("f1").holds(MasterFixture.LOG, whole.end()).answersHeartbeat();
    master.follower("f1").gives(whole, 3);

    master.passes(Duration.ofSeconds(20));

    assertThat(master.view().phase()).isEqualTo(MasterPhase.CORRUPT);
    assertThat(master.view().durableIndex()).isEqualTo(10);
    assertThat(master.all(MasterEffect.PersistPromise.class)).isEmpty();
  }

  @Test
  void takesTheRestFromAnotherFollowerWhenTheFirstEndsInTheHole() {
    MasterFixture master = damaged();
    master.tick();
    master.follower("f1").holds(MasterFixture.LOG, whole.positionAt(5)).answersHeartbeat();
    master.follower("f1").gives(MemoryLog.of(3, 5), 3);
    master.follower("f1").gives(MemoryLog.of(3, 5), 5);
    assertThat(master.all(MasterEffect.BeginAnew.class)).isEmpty();

    master.follower("f2").holds(MasterFixture.LOG, whole.end()).answersHeartbeat();
    assertThat(lastPull(master)).isEqualTo(new MasterEffect.Pull("f2", whole.positionAt(5)));
    master.follower("f2").gives(whole, 5);

    assertThat(master.log.texts()).isEqualTo(whole.texts());
    assertThat(master.all(MasterEffect.BeginAnew.class)).hasSize(1);
  }

  @Test
  void takesNothingThatDoesNotFollowAndAsksAgainLater() {
    MasterFixture master = damaged();
    MemoryLog forged = MemoryLog.of(7, 8);
    master.tick();
    master.follower("f1").holds(MasterFixture.LOG, whole.end()).answersHeartbeat();

    master.follower("f1").gives(forged, 3);
    assertThat(written(master)).isEmpty();
    assertThat(master.view().reason()).contains("do not follow");
    master.passesWithHeartbeats(Duration.ofSeconds(6), "f1");
    master.follower("f1").gives(whole, 3);

    assertThat(master.all(MasterEffect.BeginAnew.class)).hasSize(1);
  }

  @Test
  void takesNothingFromADamagedFollower() {
    MasterFixture master = damaged();
    master.tick();
    master.follower("f1").fault = FollowerFault.CORRUPT;

    master.follower("f1").holds(MasterFixture.LOG, whole.end()).answersHeartbeat();

    assertThat(master.all(MasterEffect.Pull.class)).isEmpty();
  }

  @Test
  void staysReadOnlyWhenWhatWasFilledInDoesNotJoin() {
    MasterFixture master = damaged();
    master.diskIsSlow();
    master.tick();
    master.follower("f1").holds(MasterFixture.LOG, whole.end()).answersHeartbeat();
    master.follower("f1").gives(whole, 3);

    master.step(new MasterInput.DoesNotJoin("#6 does not join #7"));
    master.passesWithHeartbeats(Duration.ofSeconds(20), "f1");

    assertThat(master.all(MasterEffect.Pull.class)).hasSize(1);
    assertThat(master.view().reason()).contains("#6 does not join #7", "ACCEPT_DATA_LOSS");
    assertThat(master.refusalOf(master.add("m", 1))).isEqualTo(AddRefusal.CORRUPT);
  }

  @Test
  void sendsADamagedFollowerWhatItLacksAndCountsItForNoMajority() {
    MasterFixture master = MasterFixture.serving(MasterFixture::withQuorum, "f1");
    for (int n = 1; n <= 3; n++) {
      master.add("m" + n, 1);
    }
    master.follower("f1").acknowledges(3);

    MasterFixture.FakeFollower follower = master.follower("f1");
    follower.incarnation = "after the damage";
    follower.fault = FollowerFault.CORRUPT;
    follower.position = master.log.positionAt(1);
    master.passesWithHeartbeats(Duration.ofSeconds(1), "f1");
    assertThat(master.viewOf("f1").state()).isEqualTo(ReplicaState.CORRUPT);
    assertThat(master.viewOf("f1").matchIndex()).isZero();
    assertThat(master.refusalOf(master.add("m", 1))).isEqualTo(AddRefusal.NO_QUORUM);
    follower.acknowledges(1);
    assertThat(master.viewOf("f1").matchIndex()).isEqualTo(1);
    assertThat(follower.lastSend().previous()).isEqualTo(master.log.positionAt(1));

    follower.fault = null;
    follower.acknowledges(3);
    master.passesWithHeartbeats(Duration.ofSeconds(1), "f1");

    assertThat(master.viewOf("f1").state()).isEqualTo(ReplicaState.IN_SYNC);
    assertThat(master.viewOf("f1").matchIndex()).isEqualTo(3);
    assertThat(master.view().writable()).isTrue();
  }

  @Test
  void beginsWithADamagedFollowerWhenItIsWholeItself() {
    MasterFixture master =
        MasterFixture.with(whole, MasterFixture::withQuorum, found -> found, "f1");
    master.tick();
    master.follower("f1").fault = FollowerFault.CORRUPT;

    master.follower("f1").holds(MasterFixture.LOG, whole.positionAt(4)).answersHeartbeat();

    assertThat(master.view().phase()).isEqualTo(MasterPhase.SERVING);
    assertThat(master.refusalOf(master.add("m", 1))).isEqualTo(AddRefusal.NO_QUORUM);
  }

  private MasterFixture damaged() {
    return MasterFixture.damaged(whole, 4, 6, "f1", "f2");
  }

  private static List<Long> written(MasterFixture master) {
    return master.all(MasterEffect.Write.class).stream()
        .flatMap(write -> write.entries().stream())
        .map(Entry::index)
        .toList();
  }

  private static MasterEffect.Pull lastPull(MasterFixture master) {
    return master.all(MasterEffect.Pull.class).getLast();
  }
}
