package io.replog.replication.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.replication.BrokenInvariantException;
import org.junit.jupiter.api.Test;

class InFlightTest {

  private static final long NO_DELAY = 0;
  private static final long DELAY = 4_800;
  private static final long MAX_BYTES = 1_000;

  private final InFlight inFlight = new InFlight(4, 64, MAX_BYTES);
  private long number;

  @Test
  void hasRoomForAWindowWithoutDelay() {
    send(3, 10, 0);
    assertThat(inFlight.roomAtNanos(NO_DELAY)).isEqualTo(Long.MIN_VALUE);

    send(1, 10, 0);
    assertThat(inFlight.roomAtNanos(NO_DELAY)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void spreadsAllButTheFirstQuarterOverTheDelay() {
    send(15, 10, 0);
    assertThat(inFlight.roomAtNanos(DELAY)).isEqualTo(Long.MIN_VALUE);

    send(1, 10, 1_000);
    assertThat(inFlight.roomAtNanos(DELAY)).isEqualTo(1_000 + DELAY / 48);
  }

  @Test
  void hasNoRoomBeyondTheBytesThatAFollowerCanHold() {
    send(1, MAX_BYTES, 0);

    assertThat(inFlight.roomAtNanos(DELAY)).isEqualTo(Long.MAX_VALUE);
    inFlight.settle(number);
    assertThat(inFlight.roomAtNanos(DELAY)).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void ignoresTheFateOfWhatIsForgotten() {
    send(2, 10, 0);
    inFlight.begin(new Batch(++number, 2, 9, 0), 0);

    inFlight.forgetAll();

    assertThat(inFlight.isEmpty()).isTrue();
    assertThat(inFlight.left(number, 5, 10)).isNull();
    assertThat(inFlight.settle(number)).isNull();
    assertThat(inFlight.settle(1)).isNull();
  }

  @Test
  void forgetsWhatACumulativeAnswerCovers() {
    send(3, 10, 0);

    inFlight.forgetThrough(2);

    assertThat(inFlight.size()).isEqualTo(1);
    assertThat(inFlight.settle(3)).isNotNull();
  }

  @Test
  void refusesABatchWithMoreThanWasAskedFor() {
    inFlight.begin(new Batch(1, 0, 3, 0), 0);

    assertThatThrownBy(() -> inFlight.left(1, 4, 10)).isInstanceOf(BrokenInvariantException.class);
  }

  private void send(int batches, long bytes, long now) {
    for (int i = 0; i < batches; i++) {
      inFlight.begin(new Batch(++number, number - 1, number, 0), now);
      inFlight.left(number, number, bytes);
    }
  }
}
