package io.replog.replication.master;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// A master with two followers that all hold ten entries.
class UnderReplicatedTest {

  private final RankedMatch ranked = new RankedMatch(3);
  private final UnderReplicated underReplicated = new UnderReplicated(ranked, 3);

  UnderReplicatedTest() {
    ranked.master(10);
    ranked.follower(0, 10);
    ranked.follower(1, 10);
  }

  @Test
  void countsNothingWhileEverybodyHoldsWhatWasTold() {
    underReplicated.told(2, 10);
    underReplicated.told(3, 10);

    assertThat(underReplicated.entries()).isZero();
  }

  @Test
  void countsWhatWasToldOfMoreNodesThanHoldIt() {
    underReplicated.told(2, 9);
    underReplicated.told(3, 6);

    ranked.follower(0, 4);

    assertThat(underReplicated.entries()).isEqualTo(2);
  }

  @Test
  void countsNothingThatWasPromisedToFewerNodesThanStillHoldIt() {
    underReplicated.told(2, 10);

    ranked.follower(0, 0);

    assertThat(underReplicated.entries()).isZero();
  }

  @Test
  void countsAnEntryOnceThoughItLacksNodesForSeveralReasons() {
    underReplicated.told(2, 9);
    underReplicated.told(3, 6);

    ranked.follower(0, 0);
    ranked.follower(1, 2);

    assertThat(underReplicated.entries()).isEqualTo(9);
  }

  @Test
  void countsLessAsAFollowerCatchesUp() {
    underReplicated.told(2, 10);
    ranked.follower(0, 0);
    ranked.follower(1, 0);

    ranked.follower(1, 7);

    assertThat(underReplicated.entries()).isEqualTo(3);
  }

  @Test
  void doesNotForgetWhatWasToldBefore() {
    underReplicated.told(3, 10);
    underReplicated.told(3, 5);

    ranked.follower(0, 0);

    assertThat(underReplicated.entries()).isEqualTo(10);
  }
}
