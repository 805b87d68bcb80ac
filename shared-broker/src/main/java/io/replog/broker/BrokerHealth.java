package io.replog.broker;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BooleanSupplier;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/// Says whether this node has its broker, in the details of its health and as
/// `replog_broker_connected`. Without one everything goes over HTTP, so it is never down.
public final class BrokerHealth extends AbstractHealthIndicator {

  private final BooleanSupplier connected;
  private final Trouble trouble;

  /// @param connected whether the broker takes and brings messages, as far as is known
  public BrokerHealth(BooleanSupplier connected, Trouble trouble, MeterRegistry meters) {
    super("the broker's connection could not be looked at");
    this.connected = connected;
    this.trouble = trouble;
    Gauge.builder("replog.broker.connected", connected, is -> is.getAsBoolean() ? 1 : 0)
        .description("1 while batches or their answers can go through the broker")
        .strongReference(true)
        .register(meters);
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    boolean is = connected.getAsBoolean();
    (is ? builder.up() : builder.unknown()).withDetail("connected", is);
    String last = trouble.last();
    if (last != null) {
      builder.withDetail("last_error", last);
    }
  }
}
