package io.replog.replication.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.replication.MemoryLog;
import io.replog.replication.master.AddOutcome.AddRefusal;
import io.replog.replication.master.AdoptOutcome.Adopted;
import io.replog.replication.master.AdoptOutcome.NotAdopted;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BootstrapTest {

  private static final String LOG = "old";
  private final MemoryLog held = MemoryLog.of(4, 6);
  private final MasterFixture master = MasterFixture.empty("f1", "f2");

  @Test
  void beginsALogWhenAllFollowersAreEmpty() {
    master.tick();
    master.follower("f1").answersHeartbeat();
    assertThat(master.refusalOf(master.add("m", 1))).isEqualTo(AddRefusal.NO_LOG);

    master.follower("f2").answersHeartbeat();

    assertThat(master.view().phase()).isEqualTo(MasterPhase.SERVING);
    assertThat(master.view().logId()).isEqualTo(MasterFixture.START);
    assertThat(master.view().epoch()).isEqualTo(1);
  }

  @Test
  void beginsWithAMajorityAfterTenSeconds() {
    master.passesWithHeartbeats(Duration.ofMillis(9_900), "f1");
    assertThat(master.view().phase()).isEqualTo(MasterPhase.NO_LOG);
    assertThat(master.view().reason()).contains("2 of 3 nodes");

    master.passesWithHeartbeats(Duration.ofMillis(100), "f1");

    assertThat(master.view().phase()).isEqualTo(MasterPhase.SERVING);
  }

  @Test
  void neverBeginsWithoutAMajority() {
    master.passes(Duration.ofMinutes(5));

    assertThat(master.view().phase()).isEqualTo(MasterPhase.NO_LOG);
  }

  @Test
  void beginsAtOnceWhenToldToBeAlone() {
    MasterFixture alone = MasterFixture.empty(BootstrapTest::alone, "f1");

    alone.tick();

    assertThat(alone.view().phase()).isEqualTo(MasterPhase.SERVING);
  }

  @Test
  void staysReadOnlyBesideAFollowerWithEntriesAndNamesTheWaysOut() {
    hearFullFollower();

    assertThat(master.view().phase()).isEqualTo(MasterPhase.NO_LOG);
    assertThat(master.view().reason())
        .contains("f1 holds 6 entries", "replog adopt", "wipe the followers");
  }

  @Test
  void beginsWhenTheFollowersHaveBeenWiped() {
    hearFullFollower();
    master.passes(Duration.ofMillis(500));

    master.follower("f1").isWiped();
    master.follower("f1").answersHeartbeat();

    assertThat(master.view().phase()).isEqualTo(MasterPhase.SERVING);
  }

  @Test
  void adoptsTheLongestLogAndServes() {
    hearFullFollower();

    long call = master.adopt();
    assertThat(master.view().phase()).isEqualTo(MasterPhase.ADOPTING);
    master.follower("f1").gives(held, 0);
    master.follower("f1").gives(held, 6);

    assertThat(master.all(MasterEffect.AnswerAdopt.class))
        .containsExactly(new MasterEffect.AnswerAdopt(call, new Adopted("f1", LOG, 6)));
    assertThat(master.all(MasterEffect.Write.class))
        .extracting(MasterEffect.Write::logId)
        .containsOnly(LOG);
    assertThat(master.view().epoch()).isEqualTo(5);
    assertThat(master.isMet(master.add("m7", 1))).isTrue();
  }

  /// Of a cluster of three, the lost disk and a silent follower may be the two holders of what was
  /// acknowledged.
  @Test
  void doesNotAdoptWhileAFollowerIsSilent() {
    hearFollowerOne();

    master.adopt();

    assertThat(lastAdoption())
        .isInstanceOfSatisfying(
            NotAdopted.class,
            refused -> assertThat(refused.detail()).contains("f2 cannot", "adopt --without f2`"));
    assertThat(master.view().phase()).isEqualTo(MasterPhase.NO_LOG);
    master.passesWithHeartbeats(Duration.ofMillis(500), "f1");
    assertThat(master.view().reason()).contains("f1 holds 6 entries", "adopt --without f2`");
  }

  @Test
  void adoptsWithoutTheSilentFollowerThatAnOperatorNames() {
    hearFollowerOne();

    master.adopt("f2");
    master.follower("f1").gives(held, 0);
    master.follower("f1").gives(held, 6);

    assertThat(lastAdoption()).isEqualTo(new Adopted("f1", LOG, 6));
  }

  @Test
  void adoptsNothingFromAFollowerThatIsLeftOut() {
    hearFullFollower();

    master.adopt("f1");

    assertThat(lastAdoption())
        .isInstanceOfSatisfying(
            NotAdopted.class, refused -> assertThat(refused.detail()).contains("no reachable"));
  }

  @Test
  void continuesAnInterruptedAdoption() {
    hearFullFollower();
    master.adopt();
    master.step(new MasterInput.Pulled("f1", held.behind(0).subList(0, 2)));
    master.follower("f1").refusesPull();
    assertThat(lastAdoption()).isInstanceOf(NotAdopted.class);
    assertThat(master.view().phase()).isEqualTo(MasterPhase.NO_LOG);

    master.adopt();
    master.follower("f1").gives(held, 2);
    master.follower("f1").gives(held, 6);

    assertThat(lastAdoption()).isEqualTo(new Adopted("f1", LOG, 6));
    assertThat(master.log.texts()).isEqualTo(held.texts());
  }

  @Test
  void asksAgainWhenAPullOfAnAdoptionIsLost() {
    hearFullFollower();
    master.adopt();

    master.follower("f1").losesPull();
    assertThat(master.all(MasterEffect.Pull.class)).hasSize(1);
    master.passesWithHeartbeats(Duration.ofMillis(200), "f1", "f2");
    assertThat(master.all(MasterEffect.Pull.class)).hasSize(2);
    master.follower("f1").gives(held, 0);
    master.follower("f1").gives(held, 6);

    assertThat(lastAdoption()).isEqualTo(new Adopted("f1", LOG, 6));
  }

  @Test
  void givesUpAnAdoptionWhenItsPullsAreLostAgainAndAgain() {
    hearFullFollower();
    master.adopt();

    for (int lost = 0; lost < 5; lost++) {
      master.follower("f1").losesPull();
      master.passesWithHeartbeats(Duration.ofSeconds(5), "f1", "f2");
    }

    assertThat(lastAdoption()).isInstanceOf(NotAdopted.class);
    assertThat(master.view().phase()).isEqualTo(MasterPhase.NO_LOG);
  }

  @Test
  void refusesToAdoptWhereThereIsALog() {
    MasterFixture serving = MasterFixture.serving("f1");

    serving.adopt();

    assertThat(serving.all(MasterEffect.AnswerAdopt.class))
        .extracting(MasterEffect.AnswerAdopt::outcome)
        .hasOnlyElementsOfType(NotAdopted.class);
  }

  @Test
  void answersAnAdoptionThatTheEndOfTheProcessInterrupts() {
    hearFullFollower();
    master.adopt();

    master.step(new MasterInput.Stop());

    assertThat(lastAdoption()).isInstanceOf(NotAdopted.class);
  }

  private void hearFullFollower() {
    hearFollowerOne();
    master.follower("f2").answersHeartbeat();
  }

  private void hearFollowerOne() {
    master.tick();
    master.follower("f1").holds(LOG, held.end());
    master.follower("f1").promisedEpoch = 4;
    master.follower("f1").answersHeartbeat();
  }

  private AdoptOutcome lastAdoption() {
    return master.all(MasterEffect.AnswerAdopt.class).getLast().outcome();
  }

  private static MasterSettings alone(MasterSettings s) {
    return MasterSettings.defaults(
        s.clusterId(),
        s.startId(),
        s.followers(),
        s.fsync(),
        s.quorumAppend(),
        true,
        s.maxInFlightBytes());
  }
}
