package io.replog.replication.follower;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.Promise;
import io.replog.model.RefusalReason;
import io.replog.model.ReplicateRequest;
import io.replog.replication.MemoryLog;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whom a follower obeys.
class PromiseTest {

  private final MemoryLog master = MemoryLog.of(1, 10);
  private final FollowerFixture follower = FollowerFixture.empty();

  @Test
  void answersNothingBeforeItsPromiseIsOnDisk() {
    follower.promiseIsSlow();
    long probe = follower.receives(master, 1, 0, 1);
    long batch = follower.receives(master, 1, 2, 1);
    assertThat(follower.answerTo(probe)).isNull();
    assertThat(follower.answerTo(batch)).isNull();
    assertThat(follower.standing().promisedEpoch()).isZero();

    follower.step(new FollowerInput.PromisePersisted(new Promise(1, "s1", FollowerFixture.LOG)));

    assertThat(follower.isAccepted(probe)).isTrue();
    assertThat(follower.isAccepted(batch)).isTrue();
    assertThat(follower.standing().promisedEpoch()).isEqualTo(1);
  }

  @Test
  void refusesAnOlderEpoch() {
    follower.receives(master, 1, 2, 5);

    assertThat(follower.refusalOf(follower.receives(master, 3, 3, 4)))
        .isEqualTo(RefusalReason.STALE_EPOCH);
  }

  @Test
  void refusesTheSameEpochOfAnotherMaster() {
    follower.receives(master, 1, 2, 1);
    ReplicateRequest request = FollowerFixture.request(master, 3, 3, 1);

    long call = follower.receives(from(request, "replog", FollowerFixture.LOG, "impostor"));

    assertThat(follower.refusalOf(call)).isEqualTo(RefusalReason.STALE_EPOCH);
  }

  @Test
  void refusesAnotherCluster() {
    ReplicateRequest request = FollowerFixture.request(master, 1, 1, 1);

    long call = follower.receives(from(request, "elsewhere", FollowerFixture.LOG, "s1"));

    assertThat(follower.refusalOf(call)).isEqualTo(RefusalReason.OTHER_CLUSTER);
    assertThat(follower.all(FollowerEffect.PersistPromise.class)).isEmpty();
  }

  @Test
  void keepsItsEntriesWhenAMasterBringsAnotherLog() {
    follower.receives(master, 1, 2, 1);
    ReplicateRequest request = FollowerFixture.request(MemoryLog.of(2, 1), 1, 1, 2);

    long call = follower.receives(from(request, "replog", "other", "s2"));

    assertThat(follower.refusalOf(call)).isEqualTo(RefusalReason.OTHER_LOG);
    assertThat(follower.log.texts()).containsExactly("m1", "m2");
    assertThat(follower.standing().promisedEpoch()).isEqualTo(1);
  }

  @Test
  void takesAnotherLogWhileItIsEmpty() {
    follower.receives(master, 1, 0, 1);
    ReplicateRequest request = FollowerFixture.request(MemoryLog.of(2, 1), 1, 1, 2);

    long call = follower.receives(from(request, "replog", "other", "s2"));

    assertThat(follower.isAccepted(call)).isTrue();
    assertThat(follower.standing().logId()).isEqualTo("other");
  }

  @Test
  void refusesTheCallsOfAMasterThatIsFollowedByANewerOne() {
    FollowerFixture delayed = FollowerFixture.empty(Duration.ofSeconds(5));
    long old = delayed.receives(master, 1, 2, 1);

    delayed.receives(master, 1, 3, 2);
    delayed.passes(Duration.ofSeconds(5));

    assertThat(delayed.refusalOf(old)).isEqualTo(RefusalReason.STALE_EPOCH);
    assertThat(delayed.log.texts()).containsExactly("m1", "m2", "m3");
  }

  @Test
  void doesNotKnowWhatBecomesOfWhatANewerMasterFindsBeingWritten() {
    follower.diskIsSlow();
    long old = follower.receives(master, 1, 2, 1);

    follower.receives(master, 1, 3, 2);

    assertThat(follower.isUnknown(old)).isTrue();
    assertThat(follower.log.texts()).containsExactly("m1", "m2", "m3");
  }

  @Test
  void raisesItsCommitIndexOnlyToWhatIsProvenToBeTheSame() {
    FollowerFixture longer = FollowerFixture.with(MemoryLog.of(1, 10), 2);
    longer.heartbeat(2, 10, 9);
    assertThat(longer.core.view(longer.now).commitIndex()).isZero();

    longer.receives(master, 6, 5, 2);
    assertThat(longer.core.view(longer.now).commitIndex()).isEqualTo(5);
    longer.receives(master, 11, 10, 2);

    assertThat(longer.core.view(longer.now).commitIndex()).isEqualTo(9);
  }

  @Test
  void learnsItsCommitIndexFromHeartbeatsAfterARestartInTheSameEpoch() {
    FollowerFixture restarted = FollowerFixture.with(MemoryLog.of(2, 10), 2);

    restarted.heartbeat(2, 10, 9);

    assertThat(restarted.core.view(restarted.now).commitIndex()).isEqualTo(9);
  }

  @Test
  void believesNoCommitIndexOfAMasterThatItHasNotPromised() {
    follower.receives(master, 1, 10, 2);

    follower.heartbeat(1, 10, 10);

    assertThat(follower.core.view(follower.now).commitIndex()).isZero();
  }

  private static ReplicateRequest from(
      ReplicateRequest request, String cluster, String logId, String startId) {
    return new ReplicateRequest(
        cluster,
        logId,
        request.epoch(),
        startId,
        request.previous(),
        List.copyOf(request.entries()),
        request.durableIndex(),
        request.commitIndex());
  }
}
