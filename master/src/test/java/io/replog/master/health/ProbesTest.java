package io.replog.master.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.FsyncMode;
import io.replog.model.Member;
import io.replog.model.Membership;
import io.replog.model.Position;
import io.replog.model.ReplicaState;
import io.replog.model.ReplicaStatus;
import io.replog.model.Standing;
import io.replog.replication.master.AddOutcome.AddRefusal;
import io.replog.replication.master.MasterPhase;
import io.replog.replication.master.MasterView;
import io.replog.replication.master.MemberRole;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProbesTest {

  private static final long BOOTSTRAP = 10_000_000_000L;
  private static final long EARLY = 3_000_000_000L;
  private static final long LATE = 12_000_000_000L;
  private static final Position FIRST = new Position(1, 1, 5);

  private static MasterView view(
      MasterPhase phase, AddRefusal refusal, @Nullable Standing standing) {
    MasterView.FollowerView follower =
        new MasterView.FollowerView(
            Member.eager("follower-1", "http://a:1"),
            MemberRole.MEMBER,
            ReplicaStatus.UNHEALTHY,
            ReplicaState.CATCHING_UP,
            0,
            0,
            0,
            -1,
            -1,
            -1,
            null,
            standing);
    return new MasterView(
        phase,
        null,
        0,
        1,
        0,
        0,
        0,
        0,
        0,
        false,
        refusal,
        "why not",
        new Membership("x", List.of()),
        0,
        0,
        List.of(follower));
  }

  private static Standing standing(Position end) {
    return new Standing("follower-1", "a", null, 0, end, 0, FsyncMode.ALWAYS, null, null);
  }

  @Test
  void isReadyWithoutAQuorum() {
    MasterView asking = view(MasterPhase.STARTING, AddRefusal.STARTING, null);
    MasterView alone = view(MasterPhase.STARTING, AddRefusal.NO_QUORUM, null);

    assertThat(Probes.pending(asking, EARLY, BOOTSTRAP)).isNotNull();
    assertThat(Probes.pending(alone, EARLY, BOOTSTRAP)).isNull();
  }

  @Test
  void isReadyWithoutALogOnceTheWaitIsOver() {
    MasterView waiting = view(MasterPhase.NO_LOG, AddRefusal.NO_LOG, null);

    assertThat(Probes.pending(waiting, EARLY, BOOTSTRAP)).isEqualTo("why not");
    assertThat(Probes.pending(waiting, BOOTSTRAP, BOOTSTRAP)).isEqualTo("why not");
    assertThat(Probes.pending(waiting, LATE, BOOTSTRAP)).isNull();
  }

  @Test
  void isReadyAtOnceBesideAFollowerThatHoldsEntries() {
    MasterView full = view(MasterPhase.NO_LOG, AddRefusal.NO_LOG, standing(FIRST));
    MasterView empty = view(MasterPhase.NO_LOG, AddRefusal.NO_LOG, standing(Position.START));

    assertThat(Probes.pending(full, EARLY, BOOTSTRAP)).isNull();
    assertThat(Probes.pending(empty, EARLY, BOOTSTRAP)).isEqualTo("why not");
  }
}
