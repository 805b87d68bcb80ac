package io.replog.node.loop;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// Calls that wait for an answer of the core, by number. Numbers are never used twice by one
/// process.
///
/// @param <A> answers
public final class PendingCalls<A> {

  private final Map<Long, CompletableFuture<A>> waiting = new ConcurrentHashMap<>();
  private final AtomicLong numbers;

  /// A call that waits.
  ///
  /// @param number what the core knows it by
  /// @param answer completed at most once, never exceptionally by the core
  public record Call<A>(long number, CompletableFuture<A> answer) {}

  public PendingCalls() {
    this(new AtomicLong());
  }

  /// @param numbers shared by every kind of call of one core
  public PendingCalls(AtomicLong numbers) {
    this.numbers = numbers;
  }

  /// Opens a call. Whoever opens it must see that it is completed or [#forget]-ed.
  public Call<A> open() {
    return openAs(numbers.incrementAndGet());
  }

  /// Opens a call under the number of one of another kind, which it belongs to.
  public Call<A> openAs(long number) {
    Call<A> call = new Call<>(number, new CompletableFuture<>());
    waiting.put(number, call.answer());
    return call;
  }

  /// Answers a call; without effect if it was answered or forgotten before.
  public void complete(long number, A answer) {
    CompletableFuture<A> future = waiting.remove(number);
    if (future != null) {
      future.complete(answer);
    }
  }

  /// Nobody waits for this call any more.
  public void forget(long number) {
    waiting.remove(number);
  }

  /// Answers everything that waits now.
  public void completeAll(Function<Long, A> answer) {
    waiting.keySet().forEach(number -> complete(number, answer.apply(number)));
  }

  /// Nothing will be answered any more: fails everything that waits now.
  public void failAll(Throwable why) {
    waiting.keySet().forEach(number -> fail(number, why));
  }

  private void fail(long number, Throwable why) {
    CompletableFuture<A> future = waiting.remove(number);
    if (future != null) {
      future.completeExceptionally(why);
    }
  }

  public int size() {
    return waiting.size();
  }
}
