package io.replog.system.power;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Lets time pass before the next cut: the moment is what chance decides about.
final class Pause {

  private Pause() {}

  static void micros(int micros) {
    long span = TimeUnit.MICROSECONDS.toNanos(micros);
    long start = System.nanoTime();
    for (long left = span; left > 0; left = span - (System.nanoTime() - start)) {
      LockSupport.parkNanos(left);
    }
  }
}
