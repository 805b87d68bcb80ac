package io.replog.master.replicate;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Breaks calls to other nodes whose time is over, at most 50 ms late. One timer looks after all
/// calls of the process: one each would wake a thread twice for every batch.
final class CallLimits {

  private static final long LOOK_MILLIS = 50;

  private static final Set<Limit> OPEN = ConcurrentHashMap.newKeySet();

  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("call-limits").daemon().factory());

  static {
    var _ =
        TIMER.scheduleWithFixedDelay(
            CallLimits::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private CallLimits() {}

  /// The limit of one call, until it is closed. Like its connection, it equals only itself.
  static final class Limit implements AutoCloseable {

    private final HttpConnection connection;
    private final long deadlineNanos;
    private volatile boolean late;

    private Limit(HttpConnection connection, long deadlineNanos) {
      this.connection = connection;
      this.deadlineNanos = deadlineNanos;
    }

    /// Whether the call was broken because its time was over.
    boolean isLate() {
      return late;
    }

    @Override
    public void close() {
      OPEN.remove(this);
    }

    private void lookAt(long nowNanos) {
      if (nowNanos - deadlineNanos >= 0) {
        late = true;
        connection.close();
      }
    }
  }

  /// Limits a call that is made on `connection`.
  static Limit limit(HttpConnection connection, long deadlineNanos) {
    Limit limit = new Limit(connection, deadlineNanos);
    OPEN.add(limit);
    return limit;
  }

  private static void look() {
    long now = System.nanoTime();
    OPEN.forEach(limit -> limit.lookAt(now));
  }
}
