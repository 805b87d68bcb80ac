package io.replog.replication.follower;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.HeartbeatRequest;
import io.replog.model.Position;
import io.replog.model.RefusalReason;
import io.replog.replication.MemoryLog;
import org.junit.jupiter.api.Test;

class ReleaseTest {

  private final MemoryLog master = MemoryLog.of(1, 9);

  @Test
  void releasesWhatTheMasterDoesNotKeep() {
    FollowerFixture follower = FollowerFixture.empty();
    follower.receives(master, 1, 9, 1);

    keepsFrom(follower, 1, 6, 9);

    assertThat(released(follower)).isEqualTo(5);
  }

  @Test
  void keepsWhatIsNotKnownToBeTheMasters() {
    FollowerFixture follower = FollowerFixture.with(master, 1);

    keepsFrom(follower, 1, 6, 0);

    assertThat(released(follower)).isZero();
  }

  @Test
  void hearsOnlyThePromisedMaster() {
    FollowerFixture follower = FollowerFixture.empty();
    follower.receives(master, 1, 9, 2);

    keepsFrom(follower, 1, 6, 9);

    assertThat(released(follower)).isZero();
  }

  @Test
  void beginsBehindTheEntryThatNobodyKeeps() {
    FollowerFixture follower = FollowerFixture.empty();
    long tooEarly = follower.receives(master, 6, 5, 1);
    keepsFrom(follower, 1, 6, 9);

    long begins = follower.receives(master, 6, 5, 1);
    boolean answeredBeforeItIsDurable = follower.isAccepted(begins);
    follower.step(new FollowerInput.Durable(5));

    assertThat(follower.refusalOf(tooEarly)).isEqualTo(RefusalReason.GAP);
    assertThat(answeredBeforeItIsDurable).isFalse();
    assertThat(follower.isAccepted(begins)).isTrue();
    assertThat(follower.standing().position()).isEqualTo(master.positionAt(5));
    assertThat(follower.all(FollowerEffect.Begin.class).getFirst().base())
        .isEqualTo(master.positionAt(5));
  }

  @Test
  void skipsNothingOnceItHoldsEntries() {
    FollowerFixture follower = FollowerFixture.empty();
    follower.receives(master, 1, 2, 1);
    keepsFrom(follower, 1, 6, 9);

    long ahead = follower.receives(master, 6, 5, 1);

    assertThat(follower.refusalOf(ahead)).isEqualTo(RefusalReason.GAP);
    assertThat(follower.all(FollowerEffect.Begin.class)).isEmpty();
  }

  @Test
  void skipsNothingThatTheMasterKeeps() {
    FollowerFixture follower = FollowerFixture.empty();
    follower.receives(master, 4, 3, 1);
    keepsFrom(follower, 1, 6, 9);

    long ahead = follower.receives(master, 5, 4, 1);

    assertThat(follower.refusalOf(ahead)).isEqualTo(RefusalReason.GAP);
    assertThat(follower.standing().position()).isEqualTo(Position.START);
  }

  @Test
  void answersARepetitionOfWhatIsReleasedByWhereItStands() {
    FollowerFixture follower = FollowerFixture.empty();
    follower.receives(master, 1, 9, 1);
    keepsFrom(follower, 1, 6, 9);

    long repeated = follower.receives(master, 2, 4, 1);

    assertThat(follower.isAccepted(repeated)).isTrue();
    assertThat(follower.standing().position()).isEqualTo(master.end());
  }

  private void keepsFrom(FollowerFixture follower, long epoch, long firstIndex, long commitIndex) {
    follower.step(
        new FollowerInput.Heartbeat(
            1_000 + firstIndex,
            new HeartbeatRequest(
                "replog",
                FollowerFixture.LOG,
                epoch,
                "s" + epoch,
                master.end().index(),
                commitIndex,
                firstIndex)));
  }

  private static long released(FollowerFixture follower) {
    return follower.all(FollowerEffect.Release.class).stream()
        .mapToLong(FollowerEffect.Release::index)
        .max()
        .orElse(0);
  }
}
