package io.replog.node.shutdown;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/// Ends the process when its ordered stop takes too long, on a machine that has other things to do:
/// who stops a node may rely on the five seconds. Whatever was acknowledged is on disk by then, and
/// the next start recovers as after a kill.
public final class StopLimit {

  /// Exit code: told to stop, and halted because that took too long.
  public static final int SLOW_STOP = 75;

  /// Leaves the rest of the five seconds to the end of the process itself.
  private static final Duration LIMIT = Duration.ofMillis(4_200);

  private final Duration limit;
  private final IntConsumer halt;
  private volatile int exitCode = SLOW_STOP;

  private StopLimit() {
    this(LIMIT, code -> Runtime.getRuntime().halt(code));
  }

  /// @param halt ends the process at once
  StopLimit(Duration limit, IntConsumer halt) {
    this.limit = limit;
    this.halt = halt;
  }

  /// Watches over the end of this process, from the signal on.
  public static StopLimit install() {
    StopLimit stopLimit = new StopLimit();
    Runtime.getRuntime().addShutdownHook(new Thread(stopLimit::begin, "stop-limit"));
    return stopLimit;
  }

  /// Halts with this code in place of [#SLOW_STOP]: there is a worse reason to end than slowness.
  void haltWith(int code) {
    exitCode = code;
  }

  /// The time runs from now on. Returns at once.
  void begin() {
    Thread.ofPlatform().name("stop-limit-over").daemon().start(this::haltWhenOver);
  }

  private void haltWhenOver() {
    try {
      var _ = new CountDownLatch(1).await(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    System.err.println("the stop took too long; this process ends now, the next start recovers");
    halt.accept(exitCode);
  }
}
