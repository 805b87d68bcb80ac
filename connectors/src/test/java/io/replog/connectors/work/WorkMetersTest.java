package io.replog.connectors.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replog.connectors.testing.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WorkMetersTest {

  private static final Instant BEGAN = Instant.ofEpochSecond(1_000);
  private static final Instant WORKED = Instant.ofEpochSecond(2_000);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void countsFromBeginningOfTheProcessUntilFirstSuccess() {
    Duration never = Duration.ofHours(10);
    Backoff backoff = new Backoff(never, never, new Random(1));
    try (Worker worker = new Worker("test", () -> false, false, never, backoff, () -> WORKED)) {
      WorkMeters.bind(meters, "test", worker, () -> BEGAN);
      assertThat(lastSuccess()).isEqualTo(1_000);

      worker.begin();
      worker.start(never);

      Await.until(() -> lastSuccess() == 2_000);
    }
  }

  private double lastSuccess() {
    return meters.get("replog.connectors.last.success").tag("work", "test").gauge().value();
  }
}
