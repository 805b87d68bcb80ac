package io.replog.master.export;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// `replog_exported_traces_total` and `replog_lost_traces_total{reason}`: `overflow` where more
/// were picked than can wait, or one was forgotten meanwhile or given out too late, `failed` where
/// the collector did not take them.
final class ExportMeters {

  private final Counter exported;
  private final Counter overflowed;
  private final Counter failed;

  ExportMeters(MeterRegistry meters) {
    this.exported =
        Counter.builder("replog.exported.traces")
            .description("Traces that the collector has taken")
            .register(meters);
    this.overflowed = lost(meters, "overflow");
    this.failed = lost(meters, "failed");
  }

  private static Counter lost(MeterRegistry meters, String reason) {
    return Counter.builder("replog.lost.traces")
        .description("Traces that were picked and did not reach the collector")
        .tag("reason", reason)
        .register(meters);
  }

  void exported(int traces) {
    exported.increment(traces);
  }

  void overflowed(int traces) {
    overflowed.increment(traces);
  }

  void failed(int traces) {
    failed.increment(traces);
  }
}
