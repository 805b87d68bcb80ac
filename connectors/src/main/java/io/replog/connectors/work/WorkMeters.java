package io.replog.connectors.work;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/// `replog_connectors_failures{work}`: tries in a row that failed, 0 while all is well; and
/// `replog_connectors_last_success_seconds{work}`: when the last pass went well, in seconds since
/// 1970; before the first one when this process began, so that a start is no alarm.
public final class WorkMeters {

  private static final String WORK = "work";

  private WorkMeters() {}

  /// @param name as in lines: `branch lviv`
  public static void bind(MeterRegistry meters, String name, Worker worker) {
    bind(meters, name, worker, InstantSource.system());
  }

  static void bind(MeterRegistry meters, String name, Worker worker, InstantSource clock) {
    Gauge.builder("replog.connectors.failures", worker, one -> one.view().failures())
        .description("Tries in a row that failed")
        .tag(WORK, name)
        .register(meters);
    Instant began = clock.instant();
    Gauge.builder(
            "replog.connectors.last.success",
            worker,
            one -> seconds(Objects.requireNonNullElse(one.view().lastSuccess(), began)))
        .description("When the last pass went well, since 1970")
        .baseUnit("seconds")
        .tag(WORK, name)
        .register(meters);
  }

  private static double seconds(Instant moment) {
    return moment.toEpochMilli() / 1_000.0;
  }
}
