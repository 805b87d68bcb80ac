package io.replog.broker;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Tells whoever waits between two attempts that there is no next one. Given once, for good.
public final class StopSignal {

  private final CountDownLatch given = new CountDownLatch(1);

  public void give() {
    given.countDown();
  }

  public boolean isGiven() {
    return given.getCount() == 0;
  }

  /// Waits for it this long. An interrupt gives it: only who stops this process interrupts.
  ///
  /// @return whether it was given
  public boolean isGivenWithin(long millis) {
    try {
      return given.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      give();
      return true;
    }
  }
}
