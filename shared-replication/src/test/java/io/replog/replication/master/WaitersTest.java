package io.replog.replication.master;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WaitersTest {

  private final Waiters waiters = new Waiters();

  @Test
  void releasesInOrderOfIndexUpToWhatIsHeld() {
    enter(1, 7, 2, Long.MAX_VALUE);
    enter(2, 5, 2, Long.MAX_VALUE);
    enter(3, 8, 2, Long.MAX_VALUE);

    assertThat(waiters.pollMet(2, 7)).extracting(Waiter::call).isEqualTo(2L);
    assertThat(waiters.pollMet(2, 7)).extracting(Waiter::call).isEqualTo(1L);
    assertThat(waiters.pollMet(2, 7)).isNull();
  }

  @Test
  void keepsConcernsApart() {
    enter(1, 5, 3, Long.MAX_VALUE);

    assertThat(waiters.pollMet(2, 9)).isNull();
    assertThat(waiters.pollMet(3, 5)).isNotNull();
  }

  @Test
  void expiresEachOnceAtItsDeadline() {
    enter(1, 5, 2, 100);

    assertThat(waiters.pollExpired(99)).isNull();
    assertThat(waiters.pollExpired(100)).isNotNull();
    assertThat(waiters.pollMet(2, 9)).isNull();
    assertThat(waiters.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void leavesNothingBehindOfACancelledCall() {
    enter(1, 5, 2, 100);

    waiters.cancel(1);
    waiters.cancel(1);

    assertThat(waiters.size()).isZero();
    assertThat(waiters.blocked()).isZero();
    assertThat(waiters.pollExpired(1_000)).isNull();
  }

  @Test
  void countsOnlyThoseThatNeedFollowersAsBlocked() {
    enter(1, 5, 1, Long.MAX_VALUE);
    enter(2, 5, 2, Long.MAX_VALUE);

    assertThat(waiters.blocked()).isEqualTo(1);
  }

  @Test
  void namesTheOldestAddsThatAreBlocked() {
    enter(1, 5, 1, Long.MAX_VALUE);
    enter(2, 9, 2, Long.MAX_VALUE);
    enter(3, 7, 3, Long.MAX_VALUE);
    enter(4, 8, 2, Long.MAX_VALUE);

    assertThat(waiters.oldestBlocked(2)).extracting(Waiter::index).containsExactly(7L, 8L);
    assertThat(waiters.size()).isEqualTo(4);
  }

  private void enter(long call, long index, int nodes, long deadline) {
    waiters.add(new Waiter(call, true, index, 1, nodes, 0, deadline, false));
  }
}
