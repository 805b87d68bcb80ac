package io.replog.node.http;

import java.util.concurrent.atomic.AtomicLong;

/// Bytes of all bodies that are being read at one moment, and of what it takes to read them, so
/// that many half-sent bodies cannot fill the heap.
///
/// A body that is alone may be of any size: its own limit bounds it, and it would never get through
/// otherwise.
final class BodyBudget {

  private final long limit;
  private final AtomicLong used = new AtomicLong();

  /// @param limit bytes of all bodies together
  BodyBudget(long limit) {
    this.limit = limit;
  }

  /// Takes `bytes` more for a body that holds `held` already.
  ///
  /// @return false if the bodies together would be above the limit; nothing is taken then
  boolean take(long held, int bytes) {
    long before = used.get();
    while (before + bytes <= limit || before == held) {
      if (used.compareAndSet(before, before + bytes)) {
        return true;
      }
      before = used.get();
    }
    return false;
  }

  /// Gives back what a body has taken.
  void give(long bytes) {
    used.addAndGet(-bytes);
  }

  /// Bytes taken now.
  long used() {
    return used.get();
  }
}
