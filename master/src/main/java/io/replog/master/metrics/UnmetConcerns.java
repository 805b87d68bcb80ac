package io.replog.master.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.replog.master.events.MasterListener;
import io.replog.replication.master.AddOutcome.UnmetReason;
import io.replog.replication.master.MasterEvent;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/// `replog_unmet_concerns_total{reason}`: calls that were answered although their write concern was
/// not met. Every reason is there from the start, so that a first one shows as a rise.
@Component
final class UnmetConcerns implements MasterListener {

  private final Map<UnmetReason, Counter> counters = new EnumMap<>(UnmetReason.class);

  UnmetConcerns(MeterRegistry meters) {
    for (UnmetReason reason : UnmetReason.values()) {
      counters.put(
          reason,
          Counter.builder("replog.unmet.concerns")
              .description("Calls answered although their write concern was not met")
              .tag("reason", reason.name().toLowerCase(Locale.ROOT))
              .register(meters));
    }
  }

  @Override
  public void happened(MasterEvent event, long nowNanos) {
    if (event instanceof MasterEvent.GivenUp givenUp) {
      Objects.requireNonNull(counters.get(givenUp.reason())).increment();
    }
  }
}
