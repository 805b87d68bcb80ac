package io.replog.node.log;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.replog.log.Hole;
import org.springframework.stereotype.Component;

/// Damage and the search for it: `replog_log_corruption_total`, `replog_log_missing_entries`,
/// `replog_scrub_bytes_total`, `replog_scrub_passes_total`.
@Component
final class LogMeters implements MeterBinder {

  private final NodeLog log;
  private final Scrub scrub;

  LogMeters(NodeLog log, Scrub scrub) {
    this.log = log;
    this.scrub = scrub;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    FunctionCounter.builder("replog.log.corruption", log, NodeLog::damages)
        .description("damages found in the log, at a start or later")
        .register(registry);
    Gauge.builder("replog.log.missing.entries", log, LogMeters::missing)
        .description("entries that were durable here and cannot be read")
        .register(registry);
    FunctionCounter.builder("replog.scrub.bytes", scrub, Scrub::bytes)
        .description("bytes of the log read again and found sound")
        .register(registry);
    FunctionCounter.builder("replog.scrub.passes", scrub, Scrub::passes)
        .description("times that the whole log was read again and found sound")
        .register(registry);
  }

  private static double missing(NodeLog log) {
    return log.holes().stream().mapToLong(LogMeters::missing).sum();
  }

  private static long missing(Hole hole) {
    return hole.lastIndex() - hole.firstIndex() + 1;
  }
}
