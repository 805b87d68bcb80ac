package io.replog.master.broker;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// `replog_broker_published_total{outcome}`: batches that the broker has `confirmed`, and those
/// that `failed` and went over HTTP.
final class BrokerMeters {

  private final Counter confirmed;
  private final Counter failed;

  BrokerMeters(MeterRegistry meters) {
    this.confirmed = published(meters, "confirmed");
    this.failed = published(meters, "failed");
  }

  private static Counter published(MeterRegistry meters, String outcome) {
    return Counter.builder("replog.broker.published")
        .description("Batches that were published once for all followers")
        .tag("outcome", outcome)
        .register(meters);
  }

  void ended(boolean isConfirmed) {
    (isConfirmed ? confirmed : failed).increment();
  }
}
