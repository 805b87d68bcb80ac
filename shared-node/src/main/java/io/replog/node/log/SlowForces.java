package io.replog.node.log;

import io.replog.node.events.EventLog;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/// Says when the disk took more than a second for one force: everybody who adds has waited for it.
@Component
final class SlowForces {

  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final EventLog events;

  SlowForces(NodeLog log, EventLog events) {
    this.events = events;
    log.measure((entries, bytes, nanos) -> forced(entries, nanos));
  }

  void forced(int entries, long nanos) {
    if (nanos > SLOW_NANOS) {
      events.warn(
          "slow forces",
          "the disk took %d ms to force %d entries"
              .formatted(TimeUnit.NANOSECONDS.toMillis(nanos), entries));
    }
  }
}
