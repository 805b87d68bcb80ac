package io.replog.node.events;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Lines on their way to the console: written in order by a thread of their own, so that a console
/// that blocks holds up nobody else. Bounded; when it is full, lines are not taken.
final class LineQueue implements AutoCloseable {

  private static final int MAX_LINES = 1_024;
  private static final long FLUSH_MILLIS = 1_000;

  private final BlockingQueue<Runnable> lines = new LinkedBlockingQueue<>(MAX_LINES);
  private final Thread thread =
      Thread.ofPlatform().name("event-lines").daemon().unstarted(this::run);
  private volatile boolean closed;

  LineQueue() {
    thread.start();
  }

  /// Queues the writing of a line. Never waits.
  ///
  /// @return false if the queue is full or closed
  boolean offer(Runnable write) {
    return !closed && lines.offer(write);
  }

  /// Writes what is queued; waits a second at most.
  @Override
  public void close() {
    closed = true;
    try {
      if (lines.offer(() -> {}, FLUSH_MILLIS, TimeUnit.MILLISECONDS)) {
        thread.join(FLUSH_MILLIS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closed || !lines.isEmpty()) {
        lines.take().run();
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
