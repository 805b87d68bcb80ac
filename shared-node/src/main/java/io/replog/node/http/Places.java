package io.replog.node.http;

import io.replog.node.problem.Refusal;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Places for calls that need memory while they last, so that together they never need more than a
/// part of the heap. Who finds none waits a moment before it is refused. For any thread.
public final class Places {

  private static final int HEAP_PARTS = 4;
  private static final int LEAST = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int RETRY_AFTER_SECONDS = 1;

  private final Semaphore free;
  private final int most;
  private final String calls;
  private final String reason;

  /// @param most calls at once
  /// @param calls what they are, for people: `calls that read messages`
  /// @param reason of a refusal, for programs: `TOO_MANY_READS`
  public Places(int most, String calls, String reason) {
    this.free = new Semaphore(most);
    this.most = most;
    this.calls = calls;
    this.reason = reason;
  }

  /// How many calls a quarter of the heap can bear.
  ///
  /// @param callBytes what one of them needs
  public static int bearable(int callBytes) {
    long bearable = Runtime.getRuntime().maxMemory() / HEAP_PARTS / callBytes;
    return Math.clamp(bearable, LEAST, Integer.MAX_VALUE);
  }

  /// Takes a place, to be given back.
  ///
  /// @throws Refusal 503 if none has become free in time
  public void take() throws InterruptedException {
    if (!free.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw Refusal.unavailable(
          "%d %s are under way already, which is what the heap can bear".formatted(most, calls),
          reason,
          RETRY_AFTER_SECONDS);
    }
  }

  public void giveBack() {
    free.release();
  }
}
