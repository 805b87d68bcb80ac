package io.replog.replication.follower;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.Entry;
import io.replog.model.FollowerFault;
import io.replog.model.Position;
import io.replog.model.RefusalReason;
import io.replog.model.ReplicateRequest;
import io.replog.replication.MemoryLog;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How a follower of ten entries, of which the fourth to the sixth cannot be read, becomes whole.
class RepairTest {

  private final MemoryLog master = MemoryLog.of(1, 12);
  private final FollowerFixture follower = damaged(Duration.ZERO);

  @Test
  void standsBeforeItsHoleAndSaysWhatIsMissing() {
    assertThat(follower.standing().position()).isEqualTo(master.positionAt(3));
    assertThat(follower.standing().fault()).isEqualTo(FollowerFault.CORRUPT);
    assertThat(follower.standing().error()).contains("#4 to #6", "checksum");
  }

  @Test
  void fillsItsHoleByAnOrdinaryBatchAndStandsAtTheJoinedEnd() {
    long batch = follower.receives(master, 4, 6, 1);

    assertThat(follower.isAccepted(batch)).isTrue();
    assertThat(follower.log.texts()).isEqualTo(whole().texts());
    assertThat(follower.standing().position()).isEqualTo(master.positionAt(10));
    assertThat(follower.standing().fault()).isNull();
  }

  @Test
  void writesNothingThatStandsBehindTheHoleASecondTime() {
    long filling = follower.receives(master, 4, 8, 1);
    long behind = follower.receives(master, 9, 12, 1);

    assertThat(follower.isAccepted(filling)).isTrue();
    assertThat(follower.isAccepted(behind)).isTrue();
    assertThat(written()).containsExactly(4L, 5L, 6L, 11L, 12L);
    assertThat(follower.standing().position()).isEqualTo(master.end());
  }

  @Test
  void answersABatchBeyondTheHoleOnlyWhenTheChainHasJoined() {
    follower.diskIsSlow();
    long batch = follower.receives(master, 4, 8, 1);
    follower.step(new FollowerInput.Durable(5));
    assertThat(follower.answerTo(batch)).isNull();
    assertThat(follower.standing().fault()).isEqualTo(FollowerFault.CORRUPT);

    follower.becomesDurable();

    assertThat(follower.isAccepted(batch)).isTrue();
    assertThat(follower.standing().position()).isEqualTo(master.positionAt(10));
  }

  @Test
  void asksForTheRestAgainWhenItCannotHoldIt() {
    follower.diskIsSlow();

    long batch = follower.receives(master, 4, 12, 1);

    assertThat(follower.isUnknown(batch)).isTrue();
    follower.becomesDurable();
    long again = follower.receives(master, 4, 12, 1);
    follower.becomesDurable();
    assertThat(follower.isAccepted(again)).isTrue();
  }

  @Test
  void doesNotDelayWhatItHadHeldBefore() {
    FollowerFixture delayed = damaged(Duration.ofSeconds(5));

    long filling = delayed.receives(master, 4, 6, 1);
    long fresh = delayed.receives(master, 11, 11, 1);

    assertThat(delayed.isAccepted(filling)).isTrue();
    assertThat(delayed.answerTo(fresh)).isNull();
    delayed.passes(Duration.ofSeconds(5));
    assertThat(delayed.isAccepted(fresh)).isTrue();
  }

  @Test
  void divergesForGoodWhenWhatWasFilledInDoesNotJoin() {
    follower.diskIsSlow();
    long batch = follower.receives(master, 4, 6, 1);

    follower.step(new FollowerInput.DoesNotJoin("#6 does not join #7"));

    assertThat(follower.isUnknown(batch)).isTrue();
    assertThat(follower.standing().fault()).isEqualTo(FollowerFault.DIVERGED);
    assertThat(follower.refusalOf(follower.receives(master, 4, 6, 2)))
        .isEqualTo(RefusalReason.DIVERGED);
    assertThat(follower.standing().error()).isEqualTo("#6 does not join #7");
  }

  @Test
  void divergesWhenTheMasterHoldsOtherEntriesBehindTheHole() {
    MemoryLog forked = new MemoryLog();
    forked.write(master.behind(0).subList(0, 6));
    forked.append(1, null, "other");

    long batch = follower.receives(forked, 4, 7, 1);

    assertThat(follower.refusalOf(batch)).isEqualTo(RefusalReason.DIVERGED);
    assertThat(follower.log.texts()).isEqualTo(whole().texts());
  }

  @Test
  void knowsWhatWasCommittedAgainAsSoonAsItIsWhole() {
    assertThat(follower.core.view(follower.now).commitIndex()).isEqualTo(3);

    follower.receives(master, 4, 6, 1);

    assertThat(follower.core.view(follower.now).commitIndex()).isEqualTo(9);
  }

  @Test
  void takesNoOtherLogWhenItsFirstEntriesAreDamaged() {
    FollowerFixture headless = FollowerFixture.damaged(whole(), 1, 2, 0, Duration.ZERO);

    long call =
        headless.receives(
            new ReplicateRequest("replog", "other", 2, "s2", Position.START, List.of(), 3, 0));

    assertThat(headless.refusalOf(call)).isEqualTo(RefusalReason.OTHER_LOG);
  }

  private List<Long> written() {
    return follower.all(FollowerEffect.Write.class).stream()
        .flatMap(write -> write.entries().stream())
        .map(Entry::index)
        .toList();
  }

  private static FollowerFixture damaged(Duration delay) {
    return FollowerFixture.damaged(whole(), 4, 6, 9, delay);
  }

  private static MemoryLog whole() {
    return MemoryLog.of(1, 10);
  }
}
