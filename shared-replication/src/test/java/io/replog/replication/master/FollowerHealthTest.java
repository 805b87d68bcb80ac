package io.replog.replication.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.ReplicaStatus;
import org.junit.jupiter.api.Test;

class FollowerHealthTest {

  private final FollowerHealth health = new FollowerHealth();
  private long beat;

  @Test
  void becomesHealthyWithTheFirstAnswer() {
    beatAndAnswer();

    assertThat(health.status()).isEqualTo(ReplicaStatus.HEALTHY);
    assertThat(health.roundTripNanos()).isEqualTo(7);
  }

  @Test
  void becomesUnhealthyWithTheThirdMissInARow() {
    beatAndAnswer();

    miss();
    assertThat(health.status()).isEqualTo(ReplicaStatus.SUSPECTED);
    miss();
    assertThat(health.status()).isEqualTo(ReplicaStatus.SUSPECTED);
    miss();
    assertThat(health.status()).isEqualTo(ReplicaStatus.UNHEALTHY);
  }

  @Test
  void countsABeatThatFailsAndIsOverdueOnce() {
    beatAndAnswer();

    miss();
    health.beatLeaves(++beat, 0);
    health.failure(beat - 1);

    assertThat(health.status()).isEqualTo(ReplicaStatus.SUSPECTED);
    health.failure(beat);
    assertThat(health.status()).isEqualTo(ReplicaStatus.SUSPECTED);
  }

  @Test
  void countsSilenceUntilTheNextBeatAsMissed() {
    health.beatLeaves(++beat, 0);
    health.beatLeaves(++beat, 500);
    health.beatLeaves(++beat, 1_000);

    assertThat(health.status()).isEqualTo(ReplicaStatus.SUSPECTED);
    health.beatLeaves(++beat, 1_500);
    assertThat(health.status()).isEqualTo(ReplicaStatus.UNHEALTHY);
  }

  @Test
  void isAliveFromItsFirstAnswerOn() {
    assertThat(health.isAlive()).isFalse();

    beatAndAnswer();

    assertThat(health.isAlive()).isTrue();
  }

  @Test
  void isAliveAgainOnlyWithTheSecondAnswerInARow() {
    beatAndAnswer();

    miss();
    miss();
    miss();
    assertThat(health.isAlive()).isFalse();

    beatAndAnswer();
    assertThat(health.isAlive()).isFalse();
    beatAndAnswer();
    assertThat(health.isAlive()).isTrue();
  }

  private void beatAndAnswer() {
    health.beatLeaves(++beat, 0);
    health.answer(beat, 7);
  }

  private void miss() {
    health.beatLeaves(++beat, 0);
    health.failure(beat);
  }
}
