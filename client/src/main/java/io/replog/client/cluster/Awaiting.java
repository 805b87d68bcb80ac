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
    return until(condition, limit, STEP);
  }

  /// The same for a condition that costs something: it is asked for less and less often.
  ///
  /// @param longestStep from one time to the next
  public static boolean until(BooleanSupplier condition, Duration limit, Duration longestStep) {
    long start = System.nanoTime();
    long step = STEP.toNanos();
    while (!condition.getAsBoolean()) {
      boolean over = System.nanoTime() - start >= limit.toNanos();
      if (over || Thread.currentThread().isInterrupted()) {
        return condition.getAsBoolean();
      }
      LockSupport.parkNanos(step);
      step = Math.min(2 * step, longestStep.toNanos());
    }
    return true;
  }
}
