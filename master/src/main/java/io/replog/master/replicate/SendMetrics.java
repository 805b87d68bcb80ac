package io.replog.master.replicate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/// Counts what did not go through to one follower:
/// `replog_follower_retries_total{follower,reason}`, each of which is tried again.
final class SendMetrics {

  private final MeterRegistry registry;
  private final String follower;

  SendMetrics(MeterRegistry registry, String follower) {
    this.registry = registry;
    this.follower = follower;
    for (FailureKind kind : FailureKind.values()) {
      var _ = counter(kind.label());
    }
  }

  void count(Outcome outcome) {
    switch (outcome) {
      case Outcome.Acknowledged _ -> {}
      case Outcome.Refused refused ->
          increment("refused_" + refused.reason().name().toLowerCase(Locale.ROOT));
      case Outcome.Failed failed -> failed(failed.kind());
    }
  }

  void failed(FailureKind kind) {
    increment(kind.label());
  }

  private void increment(String reason) {
    counter(reason).increment();
  }

  private Counter counter(String reason) {
    return Counter.builder("replog.follower.retries")
        .description("Batches that were not acknowledged and are tried again")
        .tag("follower", follower)
        .tag("reason", reason)
        .register(registry);
  }
}
