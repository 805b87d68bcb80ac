package io.replog.follower.feed;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.replog.node.log.NodeLog;
import org.jspecify.annotations.Nullable;

/// How stale a layer node is: `replog_layer`, `replog_layer_version`,
/// `replog_layer_behind_entries`, `replog_layer_stale_seconds`, `replog_layer_fed`. What is unknown
/// is not a number.
final class LayerMeters implements MeterBinder {

  private static final double MILLIS = 1_000;

  private final Layer layer;
  private final NodeLog log;

  LayerMeters(Layer layer, NodeLog log) {
    this.layer = layer;
    this.log = log;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("replog.layer", layer, each -> number(each.number()))
        .description("Layer of this node, 1 when a core node feeds it")
        .register(registry);
    Gauge.builder("replog.layer.version", log, NodeLog::commitIndex)
        .description("Last index that this layer node shows")
        .register(registry);
    Gauge.builder("replog.layer.behind.entries", this, LayerMeters::behind)
        .description("Entries between the version and the newest commit index heard of")
        .register(registry);
    Gauge.builder("replog.layer.stale", this, LayerMeters::staleSeconds)
        .description("Since the version was known to be complete")
        .baseUnit("seconds")
        .register(registry);
    Gauge.builder("replog.layer.fed", layer, each -> each.error() == null ? 1 : 0)
        .description("1 while the upstream gives what can be used")
        .register(registry);
  }

  private double behind() {
    return number(layer.staleness(log.commitIndex()).behind());
  }

  private double staleSeconds() {
    return number(layer.staleness(log.commitIndex()).staleMillis()) / MILLIS;
  }

  private static double number(@Nullable Number value) {
    return value == null ? Double.NaN : value.doubleValue();
  }
}
