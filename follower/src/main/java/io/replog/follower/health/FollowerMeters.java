package io.replog.follower.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.replog.follower.core.FollowerNode;
import io.replog.follower.faults.FaultsInForce;
import org.springframework.stereotype.Component;

/// How a follower stands: `replog_delayed_entries`, `replog_held_entries`,
/// `replog_master_durable_index`, `replog_epoch`, `replog_faulty`, `replog_injected_faults`.
@Component
final class FollowerMeters implements MeterBinder {

  private final FollowerNode node;
  private final FaultsInForce faults;

  FollowerMeters(FollowerNode node, FaultsInForce faults) {
    this.node = node;
    this.faults = faults;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("replog.delayed.entries", node, n -> n.view().delayedEntries())
        .description("entries that wait for the artificial delay")
        .register(registry);
    Gauge.builder("replog.held.entries", node, n -> n.view().heldEntries())
        .description("entries that wait ahead of a gap")
        .register(registry);
    Gauge.builder("replog.master.durable.index", node, n -> n.view().masterDurableIndex())
        .description("last index that the master has said to hold")
        .register(registry);
    Gauge.builder("replog.epoch", node, n -> n.standing().promisedEpoch())
        .description("Epoch of the master that this node obeys")
        .register(registry);
    Gauge.builder("replog.injected.faults", faults, f -> f.injected() == null ? 0 : 1)
        .description("1 while faults are injected here")
        .register(registry);
    Gauge.builder("replog.faulty", node, n -> n.standing().fault() == null ? 0 : 1)
        .description("1 while this node acknowledges nothing")
        .register(registry);
  }
}
