package io.replog.replication.master;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RankedMatchTest {

  private final RankedMatch ranked = new RankedMatch(3);

  @Test
  void ranksWhatEachNumberOfNodesHolds() {
    ranked.master(9);
    ranked.follower(0, 4);
    ranked.follower(1, 7);

    assertThat(ranked.heldBy(1)).isEqualTo(9);
    assertThat(ranked.heldBy(2)).isEqualTo(7);
    assertThat(ranked.heldBy(3)).isEqualTo(4);
  }

  @Test
  void neverGoesBeyondTheMaster() {
    ranked.master(2);
    ranked.follower(0, 5);
    ranked.follower(1, 5);

    assertThat(ranked.heldBy(2)).isEqualTo(2);
  }

  @Test
  void fallsWithAFollowerThatLostItsDisk() {
    ranked.master(5);
    ranked.follower(0, 5);

    ranked.follower(0, 0);

    assertThat(ranked.heldBy(2)).isZero();
    assertThat(ranked.nodesHolding(5)).isEqualTo(1);
  }
}
