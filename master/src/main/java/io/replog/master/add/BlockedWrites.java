package io.replog.master.add;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.replog.node.problem.Refusal;
import io.replog.node.settings.NodeSettings;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// Bounds the calls that wait for followers, at `MAX_BLOCKED_WRITES`. A call that needs the master
/// alone does not come here, so a dead follower can never get it refused.
@Component
final class BlockedWrites {

  private static final String NAME = "blocked-writes";
  private static final int RETRY_AFTER_SECONDS = 1;

  private final Bulkhead bulkhead;
  private final int max;

  BlockedWrites(NodeSettings settings, MeterRegistry meters) {
    this.max = settings.maxBlockedWrites();
    BulkheadConfig config =
        BulkheadConfig.custom().maxConcurrentCalls(max).maxWaitDuration(Duration.ZERO).build();
    BulkheadRegistry registry = BulkheadRegistry.of(config);
    this.bulkhead = registry.bulkhead(NAME);
    TaggedBulkheadMetrics.ofBulkheadRegistry(registry).bindTo(meters);
  }

  /// Takes a place.
  ///
  /// @throws Refusal with 503 if all are taken
  void enter() {
    if (!bulkhead.tryAcquirePermission()) {
      throw Refusal.unavailable(
          "%d calls wait for followers already, which is the maximum (MAX_BLOCKED_WRITES)"
              .formatted(max),
          "TOO_MANY_BLOCKED",
          RETRY_AFTER_SECONDS);
    }
  }

  /// Gives the place back.
  void leave() {
    bulkhead.onComplete();
  }
}
