package io.replog.connectors.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for something that announces itself in no other way than by being so.
public final class Await {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration STEP = Duration.ofMillis(20);

  private Await() {}

  /// @throws AssertionError when it is not so within two minutes
  public static void until(BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begin > LIMIT.toNanos()) {
        throw new AssertionError("not so within " + LIMIT.toSeconds() + " s");
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
  }
}
