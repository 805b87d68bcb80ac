package io.replog.master.replicate;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A batch that was published for every follower, and what they have said to it. An answer may come
/// before anybody waits for it.
final class Publication {

  private final long number;
  private final long previousIndex;
  private final long lastIndex;
  private final long bytes;
  private final Map<String, CompletableFuture<Outcome>> answers = new ConcurrentHashMap<>();
  private volatile @Nullable String failure;

  /// @param number in the order of publications
  /// @param previousIndex the index before its first entry
  /// @param lastIndex its last entry
  Publication(long number, long previousIndex, long lastIndex, long bytes) {
    this.number = number;
    this.previousIndex = previousIndex;
    this.lastIndex = lastIndex;
    this.bytes = bytes;
  }

  long number() {
    return number;
  }

  long previousIndex() {
    return previousIndex;
  }

  long lastIndex() {
    return lastIndex;
  }

  long bytes() {
    return bytes;
  }

  /// A follower has answered. The first answer counts.
  void answered(String follower, Outcome answer) {
    answer(follower).complete(answer);
  }

  /// Nobody who has not answered yet will.
  void fail(String why) {
    failure = why;
    answers.values().forEach(answer -> answer.complete(broken(why)));
  }

  /// Waits for the answer of a follower.
  ///
  /// @return a failure if none has come in this time, or none will
  Outcome await(String follower, Duration patience) {
    CompletableFuture<Outcome> answer = answer(follower);
    String why = failure;
    if (why != null) {
      answer.complete(broken(why));
    }
    try {
      return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      return new Outcome.Failed(FailureKind.TIMEOUT, "no answer by the broker");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return broken("interrupted");
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("it is completed, it never fails", impossible);
    }
  }

  private CompletableFuture<Outcome> answer(String follower) {
    return answers.computeIfAbsent(follower, _ -> new CompletableFuture<>());
  }

  private static Outcome broken(String why) {
    return new Outcome.Failed(FailureKind.BROKEN, why);
  }
}
