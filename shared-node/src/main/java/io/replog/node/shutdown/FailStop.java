package io.replog.node.shutdown;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends the process when going on could do harm: what is in memory may no longer agree with what is
/// on disk.
///
/// Waiters are answered first, for one second at most; then the process exits, and is halted if
/// that takes too long. Only the first call has an effect.
public final class FailStop {

  /// Exit code: the configuration or the data directory cannot be used.
  public static final int UNUSABLE = 78;

  /// Exit code: the log could not be written or forced.
  public static final int LOG_FAILED = 74;

  /// Exit code: anything else.
  public static final int BROKEN = 1;

  private static final Logger LOG = LoggerFactory.getLogger(FailStop.class);
  private static final Duration ANSWERING = Duration.ofSeconds(1);

  /// A stop that had begun before may be over its own limit first, so that one is told the code.
  private static final Duration EXITING = Duration.ofSeconds(4);

  private final IntConsumer exit;
  private final IntConsumer halt;
  private final IntConsumer tell;
  private final List<Runnable> lastActs = new CopyOnWriteArrayList<>();
  private final AtomicBoolean stopped = new AtomicBoolean();

  /// @param stopLimit watches over the end of this process, and may be the one that ends it
  public FailStop(StopLimit stopLimit) {
    this(System::exit, code -> Runtime.getRuntime().halt(code), stopLimit::haltWith);
  }

  /// @param exit ends the process in order; may block for ever
  /// @param halt ends the process at once
  public FailStop(IntConsumer exit, IntConsumer halt) {
    this(exit, halt, _ -> {});
  }

  /// @param tell takes the exit code as soon as it is known
  FailStop(IntConsumer exit, IntConsumer halt, IntConsumer tell) {
    this.exit = exit;
    this.halt = halt;
    this.tell = tell;
  }

  /// Adds something to be done before the end, such as answering waiters.
  public void beforeExit(Runnable lastAct) {
    lastActs.add(lastAct);
  }

  /// Ends the process. Returns at once; may be called by any thread.
  public void stop(int exitCode, String why, @Nullable Throwable cause) {
    if (stopped.compareAndSet(false, true)) {
      tell.accept(exitCode);
      LOG.error("stopping with exit code {}: {}", exitCode, why, cause);
      Thread.ofPlatform().name("fail-stop").daemon().start(() -> end(exitCode));
    }
  }

  private void end(int exitCode) {
    join(Thread.ofVirtual().start(() -> lastActs.forEach(this::perform)), ANSWERING);
    join(Thread.ofPlatform().daemon().start(() -> exit.accept(exitCode)), EXITING);
    halt.accept(exitCode);
  }

  private void perform(Runnable lastAct) {
    try {
      lastAct.run();
    } catch (RuntimeException failed) {
      LOG.warn("could not answer every waiter", failed);
    }
  }

  private static void join(Thread thread, Duration atMost) {
    try {
      thread.join(atMost);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
