package io.replog.master.add;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.node.settings.NodeSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Bounds the calls that wait for followers: all together at `MAX_BLOCKED_WRITES`, and those of one
/// client at `MAX_BLOCKED_WRITES_PER_CLIENT` where that is set. More than fit into half of the heap
/// are never let in. A call that needs the master alone does not come here, so a dead follower can
/// never get it refused.
@Component
final class BlockedWrites {

  private static final String NAME = "blocked-writes";
  private static final int RETRY_AFTER_SECONDS = 1;

  /// What a call keeps while it waits: its connection's buffers, its thread's stack, its request.
  private static final int CALL_BYTES = 96 << 10;

  private final Bulkhead bulkhead;
  private final int max;
  private final @Nullable Integer maxPerClient;

  /// Calls that wait now, by client; nobody who has none is in it.
  private final Map<String, Integer> shares = new ConcurrentHashMap<>();

  BlockedWrites(NodeSettings settings, MeterRegistry meters) {
    this.max = bearable(settings.maxBlockedWrites(), Runtime.getRuntime().maxMemory());
    this.maxPerClient = settings.access().maxBlockedWritesPerClient();
    BulkheadConfig config =
        BulkheadConfig.custom().maxConcurrentCalls(max).maxWaitDuration(Duration.ZERO).build();
    BulkheadRegistry registry = BulkheadRegistry.of(config);
    this.bulkhead = registry.bulkhead(NAME);
    TaggedBulkheadMetrics.ofBulkheadRegistry(registry).bindTo(meters);
  }

  /// How many calls may wait with so much heap, in bytes.
  static int bearable(int wanted, long heap) {
    return (int) Math.min(wanted, heap / 2 / CALL_BYTES);
  }

  /// Takes a place.
  ///
  /// @param client whose share it counts in
  /// @throws Refusal with 429 if the client has its share already, with 503 if all are taken
  void enter(String client) {
    takeShare(client);
    if (!bulkhead.tryAcquirePermission()) {
      giveShareBack(client);
      throw Refusal.unavailable(
          "%d calls wait for followers already, which is the maximum (MAX_BLOCKED_WRITES, and half of the heap)"
              .formatted(max),
          "TOO_MANY_BLOCKED",
          RETRY_AFTER_SECONDS);
    }
  }

  /// Gives the place back.
  void leave(String client) {
    bulkhead.onComplete();
    giveShareBack(client);
  }

  private void takeShare(String client) {
    if (maxPerClient == null) {
      return;
    }
    int taken = shares.merge(client, 1, Integer::sum);
    if (taken > maxPerClient) {
      giveShareBack(client);
      throw Refusal.of(
              ProblemType.TOO_MANY_REQUESTS,
              "%d calls of this client wait for followers already, which is its maximum (MAX_BLOCKED_WRITES_PER_CLIENT)"
                  .formatted(maxPerClient),
              Map.of("reason", "TOO_MANY_BLOCKED_BY_CLIENT"))
          .withHeader("Retry-After", Integer.toString(RETRY_AFTER_SECONDS));
    }
  }

  private void giveShareBack(String client) {
    if (maxPerClient != null) {
      shares.computeIfPresent(client, (_, taken) -> taken == 1 ? null : taken - 1);
    }
  }
}
