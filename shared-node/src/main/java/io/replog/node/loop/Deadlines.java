package io.replog.node.loop;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Limits much that nearly always ends in time, with one timer for all of it: one each would wake
/// threads twice for every call, to take it and to drop it again.
public final class Deadlines implements AutoCloseable {

  private final Set<Deadline> open = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer;

  /// The limit of one thing, until it is closed. It equals only itself.
  public final class Deadline implements AutoCloseable {

    private final long nanos;
    private final Runnable whenOver;

    private Deadline(long nanos, Runnable whenOver) {
      this.nanos = nanos;
      this.whenOver = whenOver;
    }

    /// Lifts the limit. What it does when it is over may be going on just now.
    @Override
    public void close() {
      open.remove(this);
    }

    private void lookAt(long nowNanos) {
      if (nowNanos - nanos >= 0) {
        whenOver.run();
      }
    }
  }

  /// @param name of the timer's thread
  /// @param look how late anything may be noticed
  public Deadlines(String name, Duration look) {
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name(name).daemon().factory());
    var _ =
        timer.scheduleWithFixedDelay(
            this::look, look.toNanos(), look.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// Sets a limit.
  ///
  /// @param nanos when it is over, on the clock of [System#nanoTime]
  /// @param whenOver done on the timer's thread then, and again until the limit is lifted; must not
  ///   wait and must not throw
  public Deadline at(long nanos, Runnable whenOver) {
    Deadline deadline = new Deadline(nanos, whenOver);
    open.add(deadline);
    return deadline;
  }

  private void look() {
    long now = System.nanoTime();
    open.forEach(deadline -> deadline.lookAt(now));
  }

  /// Ends the timer. Nothing is noticed any more.
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
