package io.replog.client.cluster;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waiting, with a bound, for something that announces itself in no other way than by being so.
public final class Awaiting {

  private static final Duration STEP = Duration.ofMillis(25);

  private Awaiting() {}

  /// Whether the condition came true within `limit`. An interrupt ends the wait as its limit does
  /// and stays set.
  public static boolean until(BooleanSupplier condition, Duration limit) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      boolean over = System.nanoTime() - start >= limit.toNanos();
      if (over || Thread.currentThread().isInterrupted()) {
        return condition.getAsBoolean();
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
    return true;
  }
}
