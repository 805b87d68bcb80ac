package io.replog.connectors.rabbit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// `replog_rabbitmq_in_messages_total{outcome}`: `held` by as many nodes as are asked for, whether
/// now or by an earlier delivery, or `dead_lettered`; and `replog_rabbitmq_in_retries_total`.
final class InMeters {

  private final Counter held;
  private final Counter deadLettered;
  private final Counter retries;

  InMeters(MeterRegistry meters) {
    this.held = messages(meters, "held");
    this.deadLettered = messages(meters, "dead_lettered");
    this.retries =
        Counter.builder("replog.rabbitmq.in.retries")
            .description("Attempts to settle a message that did not go and were repeated")
            .register(meters);
  }

  private static Counter messages(MeterRegistry meters, String outcome) {
    return Counter.builder("replog.rabbitmq.in.messages")
        .description("Messages of the queue that are settled")
        .tag("outcome", outcome)
        .register(meters);
  }

  void note(Verdict verdict) {
    switch (verdict) {
      case Verdict.Held _ -> held.increment();
      case Verdict.Dead _ -> deadLettered.increment();
      case Verdict.Later _ -> retries.increment();
    }
  }

  long held() {
    return (long) held.count();
  }

  long deadLettered() {
    return (long) deadLettered.count();
  }

  long retries() {
    return (long) retries.count();
  }
}
