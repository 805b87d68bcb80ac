package io.replog.replication.follower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.model.ReplicateRequest;
import io.replog.replication.MemoryLog;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Lives of followers by the thousand, seeded: `-Dfuzz.seed=S` repeats a run, `-Dfuzz.seconds=N`
/// makes it as long as you like.
class FollowerFuzzTest {

  private static final long SEED = Long.getLong("fuzz.seed", 42);
  private static final long SECONDS = Long.getLong("fuzz.seconds", 1);
  private static final int LEAST_ROUNDS = 3_000;
  private static final int MOST_BYTES = 400;

  @Test
  void keepsItsLogWhateverArrives() {
    SplittableRandom random = new SplittableRandom(SEED);
    long started = System.nanoTime();
    long accepted = 0;
    for (long round = 0;
        round < LEAST_ROUNDS || System.nanoTime() - started < SECONDS * 1_000_000_000L;
        round++) {
      byte[] input = new byte[random.nextInt(MOST_BYTES)];
      random.nextBytes(input);
      try {
        accepted += FollowerTargets.follower(input);
      } catch (RuntimeException | AssertionError broken) {
        throw new AssertionError("seed %d, round %d".formatted(SEED, round), broken);
      }
    }

    assertThat(accepted).as("batches accepted").isGreaterThan(LEAST_ROUNDS / 2);
  }

  @Test
  void findsALogThatWasCutOrOverwritten() {
    MemoryLog whole = MemoryLog.of(1, 3);

    assertThatThrownBy(
            () -> FollowerTargets.requireKept(whole.behind(0), MemoryLog.of(1, 2).behind(0)))
        .hasMessageContaining("what was written stays");
    assertThatThrownBy(
            () -> FollowerTargets.requireKept(whole.behind(0), MemoryLog.of(2, 3).behind(0)))
        .hasMessageContaining("what was written stays");
  }

  @Test
  void findsAnAcknowledgementOfWhatIsNotHeld() {
    MemoryLog log = MemoryLog.of(1, 3);
    ReplicateRequest held = FollowerFixture.request(log, 2, 3, 1);
    ReplicateRequest other = FollowerFixture.request(MemoryLog.of(2, 3), 1, 3, 2);

    FollowerTargets.requireHeld(log, 3, held);
    assertThatThrownBy(() -> FollowerTargets.requireHeld(log, 2, held))
        .hasMessageContaining("forced");
    assertThatThrownBy(() -> FollowerTargets.requireHeld(log, 3, other))
        .hasMessageContaining("what was sent");
  }
}
