package io.replog.node.loop;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Waits for answers that nearly always come at once, with one timer for all of them: one each
/// would cost a virtual thread more than the wait itself.
public final class ShortWaits implements AutoCloseable {

  private static final int LOOKS = 4;

  private final Duration atMost;
  private final Set<Wait> open = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer;

  /// One that waits; like its future, it equals only itself.
  private static final class Wait {

    private final CompletableFuture<Boolean> answered;
    private final long sinceNanos = System.nanoTime();
    private final long atMostNanos;

    private Wait(CompletableFuture<?> answer, Duration atMost) {
      this.answered = answer.handle((_, _) -> true);
      this.atMostNanos = atMost.toNanos();
    }
  }

  /// @param atMost how long one waits, give or take a quarter
  public ShortWaits(String name, Duration atMost) {
    this.atMost = atMost;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name(name).daemon().factory());
    long lookNanos = atMost.toNanos() / LOOKS;
    var _ = timer.scheduleWithFixedDelay(this::look, lookNanos, lookNanos, TimeUnit.NANOSECONDS);
  }

  /// Waits until `answer` is complete, in whatever way, or the time is over.
  ///
  /// @return whether it is complete
  public boolean await(CompletableFuture<?> answer) throws InterruptedException {
    return await(answer, atMost);
  }

  /// The same for another time, to which a quarter of the ordinary one may be added.
  public boolean await(CompletableFuture<?> answer, Duration atMost) throws InterruptedException {
    if (answer.isDone()) {
      return true;
    }
    Wait wait = new Wait(answer, atMost);
    open.add(wait);
    try {
      return wait.answered.get();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("any end of the answer is a result here", impossible);
    } finally {
      open.remove(wait);
    }
  }

  private void look() {
    long now = System.nanoTime();
    for (Wait wait : open) {
      if (now - wait.sinceNanos >= wait.atMostNanos) {
        wait.answered.complete(false);
      }
    }
  }

  /// Ends the timer. Who still waits is woken by the answer only.
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
