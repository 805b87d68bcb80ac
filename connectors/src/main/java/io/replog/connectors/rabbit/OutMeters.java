package io.replog.connectors.rabbit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/// `replog_rabbitmq_out_published_total`, which counts repetitions too,
/// `replog_rabbitmq_out_failures_total`, `replog_rabbitmq_out_position` and
/// `replog_rabbitmq_out_lag_entries`. What it holds is written by one thread and read by any.
final class OutMeters {

  private final Counter published;
  private final Counter failures;
  private volatile OutState state = OutState.STARTING;
  private volatile @Nullable Position position;
  private volatile long lastIndex;

  OutMeters(MeterRegistry meters) {
    this.published =
        Counter.builder("replog.rabbitmq.out.published")
            .description("Messages that the broker has confirmed, repetitions included")
            .register(meters);
    this.failures =
        Counter.builder("replog.rabbitmq.out.failures")
            .description("Times that the broker did not take the next message")
            .register(meters);
    Gauge.builder("replog.rabbitmq.out.position", this, OutMeters::index)
        .description("Last index that is published")
        .register(meters);
    Gauge.builder("replog.rabbitmq.out.lag.entries", this, OutMeters::lag)
        .description("Messages that a majority of the nodes holds and that are not published")
        .register(meters);
  }

  void published(int count) {
    published.increment(count);
  }

  void failed() {
    failures.increment();
  }

  void state(OutState now) {
    state = now;
  }

  void position(Position now) {
    position = now;
  }

  /// @param index last one that a majority holds
  void logEnds(long index) {
    lastIndex = index;
  }

  OutState state() {
    return state;
  }

  long published() {
    return (long) published.count();
  }

  long failures() {
    return (long) failures.count();
  }

  @Nullable String logId() {
    Position now = position;
    return now == null ? null : now.logId();
  }

  long index() {
    Position now = position;
    return now == null ? 0 : now.index();
  }

  long lastIndex() {
    return lastIndex;
  }

  /// Since the log is read before it is published, it may have grown meanwhile.
  long lag() {
    return Math.max(0, lastIndex - index());
  }
}
