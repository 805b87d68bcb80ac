package io.replog.node.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.replog.node.log.NodeLog;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// Indices, waiters and forces: `replog_first_index`, `replog_last_index`, `replog_commit_index`,
/// `replog_index_waiters`, `replog_fsync_duration_seconds`, `replog_fsync_entries`,
/// `replog_fsync_bytes`.
@Component
final class NodeMeters implements MeterBinder {

  private static final double[] GROUP_SIZES = {
    1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 4_096
  };

  private final NodeLog log;

  NodeMeters(NodeLog log) {
    this.log = log;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("replog.last.index", log, NodeLog::shownIndex)
        .description("last index that this node shows")
        .register(registry);
    Gauge.builder("replog.first.index", log, NodeLog::firstIndex)
        .description("first index that this node keeps")
        .register(registry);
    Gauge.builder("replog.commit.index", log, NodeLog::commitIndex)
        .description("last index that a majority holds, as far as known here")
        .register(registry);
    Gauge.builder("replog.index.waiters", log, NodeLog::waiters)
        .description("readers that wait for an index")
        .register(registry);
    measureForces(registry);
  }

  private void measureForces(MeterRegistry registry) {
    Timer duration =
        Timer.builder("replog.fsync.duration")
            .description("time of one force")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofNanos(100_000))
            .maximumExpectedValue(Duration.ofSeconds(10))
            .register(registry);
    DistributionSummary entries =
        DistributionSummary.builder("replog.fsync.entries")
            .description("entries covered by one force")
            .serviceLevelObjectives(GROUP_SIZES)
            .register(registry);
    DistributionSummary bytes =
        DistributionSummary.builder("replog.fsync.bytes")
            .description("bytes covered by one force")
            .register(registry);
    log.measure(
        (count, size, nanos) -> {
          duration.record(Duration.ofNanos(nanos));
          entries.record(count);
          bytes.record(size);
        });
  }
}
