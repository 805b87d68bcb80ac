package io.replog.master.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.master.watch.FrameRing.Next;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FrameRingTest {

  private static final long LONG = TimeUnit.SECONDS.toNanos(60);

  private final FrameRing ring = new FrameRing();

  private void publish(int frames) {
    for (int i = 0; i < frames; i++) {
      ring.publish(("" + (ring.last() + 1)).getBytes(StandardCharsets.US_ASCII));
    }
  }

  private long next(long seen) throws InterruptedException {
    return switch (ring.await(seen, 0)) {
      case Next.Found(var number, var json) -> {
        assertThat(new String(json, StandardCharsets.US_ASCII)).isEqualTo("" + number);
        yield number;
      }
      case Next.Nothing() -> 0;
      case Next.Closed() -> -1;
    };
  }

  @Test
  void givesEachReaderTheFrameBehindItsOwn() throws InterruptedException {
    publish(3);

    assertThat(next(0)).isEqualTo(1);
    assertThat(next(1)).isEqualTo(2);
    assertThat(next(3)).isZero();
  }

  @Test
  void keepsNoMoreThanItsCapacityForTheSlow() throws InterruptedException {
    publish(FrameRing.CAPACITY + 10);

    assertThat(next(1)).isEqualTo(11);
  }

  @Test
  void leavesAGapWhereNobodyWatched() throws InterruptedException {
    publish(2);

    ring.interrupt();
    assertThat(next(2)).isZero();
    publish(1);

    assertThat(next(2)).isEqualTo(4);
  }

  @Test
  void wakesWhoWaits() throws Exception {
    CompletableFuture<Next> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return ring.await(0, LONG);
              } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
              }
            });

    ring.close();

    assertThat(waiting.get(60, TimeUnit.SECONDS)).isEqualTo(new Next.Closed());
  }
}
