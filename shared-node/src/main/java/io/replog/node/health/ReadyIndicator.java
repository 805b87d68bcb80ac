package io.replog.node.health;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/// Part `node` of readiness: whatever a node must have behind it before it can serve.
///
/// While it has not, the status is `STARTING`, which answers 503 in the readiness group and does
/// not turn the whole health down.
@Component("nodeHealthIndicator")
final class ReadyIndicator extends AbstractHealthIndicator {

  private static final Status STARTING = new Status("STARTING");

  private final List<ReadyCondition> conditions;

  ReadyIndicator(List<ReadyCondition> conditions) {
    super("the node could not be asked");
    this.conditions = conditions;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    @Nullable String pending =
        conditions.stream()
            .map(ReadyCondition::pending)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    if (pending == null) {
      builder.up();
    } else {
      builder.status(STARTING).withDetail("pending", pending);
    }
  }
}
