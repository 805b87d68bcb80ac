package io.replog.master.watch;

import io.micrometer.core.instrument.MeterRegistry;
import io.replog.master.cluster.MasterLoop;
import io.replog.master.health.HealthReport;
import io.replog.replication.master.BlockedCall;
import io.replog.replication.master.MasterView;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Puts frames together, out of what happened and how things stand. For one thread.
@Component
final class FrameMaker {

  private static final int MAX_BLOCKED = 64;
  private static final long CORE_MILLIS = 100;

  private final MasterLoop loop;
  private final HealthReport health;
  private final Latencies latencies;
  private final InstantSource clock = InstantSource.system();

  FrameMaker(MasterLoop loop, HealthReport health, MeterRegistry meters) {
    this.loop = loop;
    this.health = health;
    this.latencies = new Latencies(meters);
  }

  /// Nothing of what was before belongs to the next frame.
  void begin() {
    var _ = latencies.sinceLast();
  }

  /// @param spanNanos since the last frame
  Frame make(Span span, long spanNanos) throws InterruptedException {
    long now = System.nanoTime();
    MasterView view = loop.view();
    return new Frame(
        clock.instant().truncatedTo(ChronoUnit.MILLIS).toString(),
        TimeUnit.NANOSECONDS.toMillis(spanNanos),
        span.appended(now),
        span.sent(),
        span.acknowledged(),
        span.released(),
        span.unmet(),
        blocked(view.blockedCalls(), now),
        latencies.sinceLast(),
        span.lines(),
        health.of(view));
  }

  private Frame.@Nullable Blocked blocked(int count, long nowNanos) throws InterruptedException {
    if (count == 0) {
      return new Frame.Blocked(0, List.of());
    }
    try {
      List<BlockedCall> oldest =
          loop.oldestBlocked(MAX_BLOCKED).get(CORE_MILLIS, TimeUnit.MILLISECONDS);
      return new Frame.Blocked(count, oldest.stream().map(call -> told(call, nowNanos)).toList());
    } catch (ExecutionException | TimeoutException busy) {
      return null;
    }
  }

  private static Frame.BlockedAdd told(BlockedCall call, long nowNanos) {
    long age = TimeUnit.NANOSECONDS.toMillis(nowNanos - call.sinceNanos());
    return new Frame.BlockedAdd(call.index(), call.requiredNodes(), Math.max(0, age));
  }
}
