package io.replog.system.load;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// How long clients go on. Shared by all threads of one run.
public final class Run {

  private final CountDownLatch end = new CountDownLatch(1);

  public boolean goesOn() {
    return end.getCount() > 0;
  }

  public void end() {
    end.countDown();
  }

  /// Waits as long as `pause`, or until the run ends.
  public void pause(Duration pause) {
    try {
      end.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      end();
    }
  }
}
