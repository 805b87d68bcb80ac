package io.replog.master.watch;

import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The last frames, numbered from 1, shared by all who watch: no watcher has a queue of its own.
/// One that does not read fast enough finds that the oldest frame left is not its next one.
final class FrameRing {

  /// Twelve seconds.
  static final int CAPACITY = 64;

  private final byte[][] ring = new byte[CAPACITY][];
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private long first = 1;
  private long last;
  private boolean closed;

  /// What a watcher gets.
  sealed interface Next {

    /// The next frame that is left.
    record Found(long number, byte[] json) implements Next {}

    /// Nothing came in time.
    record Nothing() implements Next {}

    /// Nothing will come any more.
    record Closed() implements Next {}
  }

  void publish(byte[] json) {
    lock.lock();
    try {
      last++;
      ring[slot(last)] = json;
      first = Math.max(first, last - CAPACITY + 1);
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// What happens from now on is not kept: whoever comes back has missed something.
  void interrupt() {
    lock.lock();
    try {
      last++;
      first = last + 1;
      Arrays.fill(ring, null);
    } finally {
      lock.unlock();
    }
  }

  /// Number of the last frame, 0 before the first.
  long last() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  /// The first frame left behind `seen`.
  Next await(long seen, long atMostNanos) throws InterruptedException {
    lock.lock();
    try {
      long left = atMostNanos;
      while (true) {
        Next next = closed ? new Next.Closed() : find(seen);
        if (next != null) {
          return next;
        }
        if (left <= 0) {
          return new Next.Nothing();
        }
        left = grown.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Next find(long seen) {
    long number = Math.max(first, seen + 1);
    return number > last ? null : new Next.Found(number, ring[slot(number)]);
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static int slot(long number) {
    return (int) (number % CAPACITY);
  }
}
