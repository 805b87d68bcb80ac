package io.replog.replication.follower;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.FollowerFault;
import io.replog.model.Position;
import io.replog.model.RefusalReason;
import io.replog.model.ReplicateRequest;
import io.replog.replication.MemoryLog;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What a follower does with batches: in order, early, late, twice, different.
class OrderTest {

  private final MemoryLog master = MemoryLog.of(1, 10);
  private final FollowerFixture follower = FollowerFixture.empty();

  @Test
  void acceptsABatchOnceItIsDurable() {
    follower.diskIsSlow();
    long call = follower.receives(master, 1, 3, 1);
    assertThat(follower.answerTo(call)).isNull();

    follower.becomesDurable();

    assertThat(follower.isAccepted(call)).isTrue();
    assertThat(follower.answerTo(call).standing().position()).isEqualTo(master.positionAt(3));
  }

  @Test
  void answersAProbeAtOnce() {
    follower.receives(master, 1, 3, 1);
    follower.diskIsSlow();
    follower.receives(master, 4, 5, 1);

    long probe = follower.receives(master, 4, 3, 1);

    assertThat(follower.isAccepted(probe)).isTrue();
    assertThat(follower.answerTo(probe).standing().position().index()).isEqualTo(3);
  }

  @Test
  void skipsWhatItHoldsAndTakesTheRest() {
    follower.receives(master, 1, 3, 1);

    assertThat(follower.isAccepted(follower.receives(master, 1, 3, 1))).isTrue();
    assertThat(follower.isAccepted(follower.receives(master, 2, 6, 1))).isTrue();

    assertThat(follower.log.texts()).isEqualTo(master.texts().subList(0, 6));
  }

  @Test
  void holdsABatchAheadOfAGapUntilItsPredecessorComes() {
    long second = follower.receives(master, 3, 4, 1);
    assertThat(follower.answerTo(second)).isNull();
    assertThat(follower.log.texts()).isEmpty();

    long first = follower.receives(master, 1, 2, 1);

    assertThat(follower.isAccepted(first)).isTrue();
    assertThat(follower.isAccepted(second)).isTrue();
    assertThat(follower.log.texts()).containsExactly("m1", "m2", "m3", "m4");
  }

  @Test
  void refusesABatchWhosePredecessorDoesNotComeInTime() {
    follower.receives(master, 1, 1, 1);
    long call = follower.receives(master, 3, 4, 1);

    follower.passes(Duration.ofMillis(999));
    assertThat(follower.answerTo(call)).isNull();
    follower.passes(Duration.ofMillis(1));

    assertThat(follower.refusalOf(call)).isEqualTo(RefusalReason.GAP);
    assertThat(follower.answerTo(call).standing().position().index()).isEqualTo(1);
    assertThat(follower.core.view(follower.now).heldEntries()).isZero();
  }

  @Test
  void holdsNoMoreThanItsBound() {
    follower.receives(master, 3, 6, 1);

    assertThat(follower.refusalOf(follower.receives(master, 7, 7, 1))).isEqualTo(RefusalReason.GAP);
  }

  @Test
  void divergesInsteadOfOverwriting() {
    follower.receives(master, 1, 3, 1);
    MemoryLog other = MemoryLog.of(1, 1);
    other.append(1, null, "other");

    long call = follower.receives(other, 2, 2, 1);

    assertThat(follower.refusalOf(call)).isEqualTo(RefusalReason.DIVERGED);
    assertThat(follower.standing().fault()).isEqualTo(FollowerFault.DIVERGED);
    assertThat(follower.log.texts()).containsExactly("m1", "m2", "m3");
    assertThat(follower.refusalOf(follower.receives(master, 4, 4, 1)))
        .isEqualTo(RefusalReason.DIVERGED);
  }

  @Test
  void refusesAMasterThatLacksEntriesButStaysHealthy() {
    FollowerFixture ahead = FollowerFixture.with(MemoryLog.of(1, 10), 1);

    long call = ahead.receives(MemoryLog.of(1, 8), 9, 8, 2);

    assertThat(ahead.refusalOf(call)).isEqualTo(RefusalReason.DIVERGED);
    assertThat(((FollowerAnswer.Refused) ahead.answerTo(call)).detail())
        .contains("2 entries beyond the master's #8");
    assertThat(ahead.standing().fault()).isNull();
  }

  @Test
  void takesALateRequestThatNamesLessThanItsMasterHasNamed() {
    MemoryLog early = MemoryLog.of(1, 2);
    follower.receives(master, 1, 10, 1);

    assertThat(follower.isAccepted(follower.receives(early, 1, 2, 1))).isTrue();
  }

  @Test
  void refusesNewEntriesWhileItsDiskIsFullAndResumesByItself() {
    follower.receives(master, 1, 2, 1);
    follower.step(new FollowerInput.DiskFull(true));

    assertThat(follower.refusalOf(follower.receives(master, 3, 3, 1)))
        .isEqualTo(RefusalReason.FULL);
    assertThat(follower.isAccepted(follower.receives(master, 1, 2, 1))).isTrue();
    assertThat(follower.standing().fault()).isEqualTo(FollowerFault.FULL);
    follower.step(new FollowerInput.DiskFull(false));
    assertThat(follower.isAccepted(follower.receives(master, 3, 3, 1))).isTrue();
  }

  @Test
  void refusesWhatTheLogHasNotSeenWhenItStops() {
    follower.diskIsSlow();
    long waiting = follower.receives(master, 1, 2, 1);
    long held = follower.receives(master, 4, 4, 1);

    follower.step(new FollowerInput.Stop());
    follower.becomesDurable();

    assertThat(follower.isUnknown(waiting)).isTrue();
    assertThat(follower.refusalOf(held)).isEqualTo(RefusalReason.STOPPING);
    assertThat(follower.refusalOf(follower.receives(master, 3, 3, 1)))
        .isEqualTo(RefusalReason.STOPPING);
  }

  @Test
  void doesNotKnowWhatIsInALogThatHasFailed() {
    follower.diskIsSlow();
    long waiting = follower.receives(master, 1, 2, 1);

    follower.step(new FollowerInput.LogFailed("force failed"));

    assertThat(follower.isUnknown(waiting)).isTrue();
  }

  @Test
  void refusesABatchBehindAnIndexBelowZeroAndStaysAsItIs() {
    follower.receives(master, 1, 3, 1);
    ReplicateRequest honest = FollowerFixture.request(master, 1, 3, 1);

    long call =
        follower.receives(
            new ReplicateRequest(
                honest.clusterId(),
                honest.logId(),
                honest.epoch(),
                honest.startId(),
                new Position(-3, 1, 7),
                honest.entries(),
                honest.durableIndex(),
                honest.commitIndex()));

    assertThat(follower.refusalOf(call)).isEqualTo(RefusalReason.DIVERGED);
    assertThat(follower.standing().fault()).isNull();
    assertThat(follower.isAccepted(follower.receives(master, 4, 6, 1))).isTrue();
  }

  @Test
  void forgetsACallerThatIsGoneAndKeepsTheBatch() {
    follower.diskIsSlow();
    long call = follower.receives(master, 1, 2, 1);

    follower.step(new FollowerInput.Cancel(call));
    follower.becomesDurable();

    assertThat(follower.answerTo(call)).isNull();
    assertThat(follower.standing().position()).isEqualTo(master.positionAt(2));
  }
}
