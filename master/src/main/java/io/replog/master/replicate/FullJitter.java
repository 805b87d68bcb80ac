package io.replog.master.replicate;

import io.github.resilience4j.core.IntervalFunction;
import io.replog.replication.Backoff;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// Waits anything between nothing and a bound that doubles from 100 ms up to 5 s. Owner: the core's
/// thread.
public final class FullJitter implements Backoff {

  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration CAP = Duration.ofSeconds(5);
  private static final int CAPPED_FROM = 7;

  private final IntervalFunction bounds = IntervalFunction.ofExponentialBackoff(FIRST, 2, CAP);
  private final RandomGenerator random;

  public FullJitter(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public long delayNanos(int failures) {
    long boundMillis = bounds.apply(Math.clamp(failures, 1, CAPPED_FROM));
    return 1 + random.nextLong(TimeUnit.MILLISECONDS.toNanos(boundMillis));
  }
}
