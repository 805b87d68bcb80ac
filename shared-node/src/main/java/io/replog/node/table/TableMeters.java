package io.replog.node.table;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/// `replog_table_index`, `replog_table_keys`, `replog_table_bytes`: where the table stands and what
/// it holds.
@Component
final class TableMeters implements MeterBinder {

  private final NodeTable table;

  TableMeters(NodeTable table) {
    this.table = table;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("replog.table.index", table, of -> of.position().index())
        .description("last entry that the table of this node knows of")
        .register(registry);
    Gauge.builder("replog.table.keys", table, NodeTable::keys)
        .description("keys that have a value")
        .register(registry);
    Gauge.builder("replog.table.bytes", table, NodeTable::bytes)
        .description("what they count against TABLE_MAX_BYTES")
        .register(registry);
  }
}
