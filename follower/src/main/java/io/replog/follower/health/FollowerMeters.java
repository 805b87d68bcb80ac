package io.replog.follower.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.replog.follower.core.FollowerNode;
import org.springframework.stereotype.Component;

/// How a follower stands: `replog_delayed_entries`, `replog_held_entries`,
/// `replog_master_durable_index`, `replog_faulty`.
@Component
final class FollowerMeters implements MeterBinder {

  private final FollowerNode node;

  FollowerMeters(FollowerNode node) {
    this.node = node;
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
    Gauge.builder("replog.faulty", node, n -> n.standing().fault() == null ? 0 : 1)
        .description("1 while this node acknowledges nothing")
        .register(registry);
  }
}
