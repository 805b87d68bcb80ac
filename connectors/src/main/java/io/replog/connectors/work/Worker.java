package io.replog.connectors.work;

import io.replog.connectors.database.DatabaseOfflineException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Does a [Pass] on a thread of its own, never two at once: after each interval where that is on,
/// and whenever it is asked to. While it fails it waits longer and longer, unless it is asked.
/// Between two tries there is always a short pause, however often it is asked.
///
/// The thread is one of the platform: while a class of a driver is initialised, virtual ones that
/// wait for it keep their carriers, and a machine has few of these.
public final class Worker implements AutoCloseable {

  private static final long SHORTEST_PAUSE_NANOS = Duration.ofMillis(100).toNanos();
  private static final long FOREVER_NANOS = Duration.ofDays(1).toNanos();
  private static final Duration END_LIMIT = Duration.ofSeconds(2);

  private final Pass pass;
  private final Backoff backoff;
  private final InstantSource clock;
  private final WorkLines lines;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Below the lock.
  private boolean automatic;
  private Duration interval;
  private boolean working;
  private boolean halted;
  private boolean closed;

  /// Completes with the next pass that begins; null while nobody waits for one.
  private @Nullable CompletableFuture<Void> wanted;

  private long dueNanos = System.nanoTime();
  private long earliestNanos = System.nanoTime();
  private int failures;
  private @Nullable Throwable failure;
  private @Nullable Instant lastSuccess;

  /// @param name for threads and lines: `branch lviv`
  /// @param automatic whether it works by itself from the start
  public Worker(
      String name,
      Pass pass,
      boolean automatic,
      Duration interval,
      Backoff backoff,
      InstantSource clock) {
    this.pass = pass;
    this.automatic = automatic;
    this.interval = interval;
    this.backoff = backoff;
    this.clock = clock;
    this.lines = new WorkLines(name, System::nanoTime);
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::loop);
  }

  /// Begins. To be called once.
  public void begin() {
    thread.start();
  }

  /// Turns the automatic passes on, the first of them now.
  public void start(Duration every) {
    lock.lock();
    try {
      automatic = true;
      interval = every;
      dueNanos = System.nanoTime();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Turns the automatic passes off, and forgets why the last ones failed. One that is under way
  /// ends after its step, without being remembered, and fails for whoever waits for it unless that
  /// was its last.
  public void stop() {
    lock.lock();
    try {
      automatic = false;
      halted = working;
      failure = null;
      failures = 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Asks for a pass that begins after this call, without waiting for the end of a pause.
  ///
  /// @return completes with that pass, exceptionally if it failed
  public CompletableFuture<Void> now() {
    lock.lock();
    try {
      CompletableFuture<Void> next = wanted == null ? new CompletableFuture<>() : wanted;
      wanted = next;
      if (closed) {
        next.completeExceptionally(new HaltedException("the connectors are stopping"));
      }
      changed.signalAll();
      return next.copy();
    } finally {
      lock.unlock();
    }
  }

  public WorkView view() {
    lock.lock();
    try {
      Throwable failed = failure;
      return new WorkView(
          state(),
          failed == null ? null : failed.getMessage(),
          automatic,
          interval.toMillis(),
          lastSuccess,
          failures,
          automatic && !working ? Math.max(0, pauseNanos() / 1_000_000) : null);
    } finally {
      lock.unlock();
    }
  }

  private WorkState state() {
    if (working && failure == null) {
      return WorkState.WORKING;
    }
    if (failure != null) {
      return failure instanceof DatabaseOfflineException ? WorkState.OFFLINE : WorkState.FAILING;
    }
    return automatic ? WorkState.WAITING : WorkState.STOPPED;
  }

  private void loop() {
    CompletableFuture<Void> turn = awaitTurn();
    while (turn != null) {
      Throwable end = attempt();
      finish(end);
      if (end == null) {
        turn.complete(null);
      } else {
        turn.completeExceptionally(end);
      }
      turn = awaitTurn();
    }
  }

  /// What to complete with the pass that is due now; null at the end.
  private @Nullable CompletableFuture<Void> awaitTurn() {
    lock.lock();
    try {
      while (!closed && pauseNanos() > 0) {
        var _ = changed.awaitNanos(pauseNanos());
      }
      if (closed) {
        return null;
      }
      CompletableFuture<Void> turn = wanted == null ? new CompletableFuture<>() : wanted;
      wanted = null;
      working = true;
      halted = false;
      return turn;
    } catch (InterruptedException _) {
      return null;
    } finally {
      lock.unlock();
    }
  }

  private long pauseNanos() {
    long now = System.nanoTime();
    long least = earliestNanos - now;
    if (wanted != null) {
      return least;
    }
    return automatic ? Math.max(least, dueNanos - now) : FOREVER_NANOS;
  }

  private @Nullable Throwable attempt() {
    try {
      boolean more = pass.step();
      while (more && goesOn()) {
        more = pass.step();
      }
      return more ? new StoppedException("it was stopped before all was done") : null;
    } catch (RuntimeException | Error failed) {
      return failed;
    }
  }

  private boolean goesOn() {
    lock.lock();
    try {
      return !halted && !closed;
    } finally {
      lock.unlock();
    }
  }

  private void finish(@Nullable Throwable end) {
    Throwable failed = end instanceof StoppedException ? null : end;
    lock.lock();
    try {
      long now = System.nanoTime();
      boolean forgotten = failed == null || (halted && !automatic);
      working = false;
      failure = forgotten ? null : failed;
      failures = forgotten ? 0 : failures + 1;
      lastSuccess = end == null ? clock.instant() : lastSuccess;
      earliestNanos = now + SHORTEST_PAUSE_NANOS;
      dueNanos = now + (forgotten ? interval : backoff.after(failures)).toNanos();
    } finally {
      lock.unlock();
    }
    if (failed == null) {
      lines.succeeded();
    } else {
      lines.failed(failed);
    }
  }

  /// Ends the thread, if there is one: at once where it waits, after its step where it works.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (wanted != null) {
        wanted.completeExceptionally(new HaltedException("the connectors are stopping"));
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    awaitEnd();
  }

  private void awaitEnd() {
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      thread.join(END_LIMIT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
