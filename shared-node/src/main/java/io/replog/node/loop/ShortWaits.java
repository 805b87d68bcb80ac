package io.replog.node.loop;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Waits for answers that nearly always come at once, with one timer for all of them: one each
/// would cost a virtual thread more than the wait itself.
public final class ShortWaits implements AutoCloseable {

  private static final int LOOKS = 4;

  private final Duration atMost;
  private final Deadlines deadlines;

  /// @param atMost how long one waits, give or take a quarter
  public ShortWaits(String name, Duration atMost) {
    this.atMost = atMost;
    this.deadlines = new Deadlines(name, atMost.dividedBy(LOOKS));
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
    CompletableFuture<Boolean> answered = answer.handle((_, _) -> true);
    long deadlineNanos = System.nanoTime() + atMost.toNanos();
    try (Deadlines.Deadline _ = deadlines.at(deadlineNanos, () -> answered.complete(false))) {
      return answered.get();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("any end of the answer is a result here", impossible);
    }
  }

  /// Ends the timer. Who still waits is woken by the answer only.
  @Override
  public void close() {
    deadlines.close();
  }
}
