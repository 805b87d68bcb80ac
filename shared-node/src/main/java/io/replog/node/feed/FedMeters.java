package io.replog.node.feed;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.replog.model.FedNode;
import java.util.Objects;
import org.springframework.stereotype.Component;

/// The layer nodes below this node, in numbers: `replog_fed_nodes`, `replog_fed_silent_nodes`,
/// `replog_fed_behind_entries`. Each layer node has figures of its own.
@Component
final class FedMeters implements MeterBinder {

  private final FedNodes fed;

  FedMeters(FedNodes fed) {
    this.fed = fed;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("replog.fed.nodes", fed, each -> each.known().size())
        .description("Layer nodes below this node that are remembered")
        .register(registry);
    Gauge.builder("replog.fed.silent.nodes", this, FedMeters::silent)
        .description("Those of them that have said nothing for longer than they should")
        .register(registry);
    Gauge.builder("replog.fed.behind.entries", this, FedMeters::mostBehind)
        .description("Entries that the one furthest behind lacks, as far as it knows")
        .register(registry);
  }

  private double silent() {
    return fed.known().stream().filter(FedNodes::isSilent).count();
  }

  private double mostBehind() {
    return fed.known().stream()
        .map(FedNode::behind)
        .filter(Objects::nonNull)
        .mapToLong(Long::longValue)
        .max()
        .orElse(0);
  }
}
