package io.replog.node.http;

import static io.replog.testnode.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UnbrokenTest {

  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void goesOnAfterFailures() {
    try (ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor()) {
      var sweeping = executor.scheduleWithFixedDelay(failing(), 1, 1, TimeUnit.MILLISECONDS);

      await().untilAsserted(() -> assertThat(runs).hasValueGreaterThan(3));
      sweeping.cancel(false);
    }
  }

  private Runnable failing() {
    return new Unbroken(
        () -> {
          runs.incrementAndGet();
          throw new IllegalStateException("a connection in an odd state");
        });
  }
}
