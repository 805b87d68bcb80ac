package io.replog.node.health;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/// Group `quorum` of the health endpoint: whether writes are accepted here.
///
/// The status `READ_ONLY` answers 503 in that group and does not turn the whole health down. A
/// follower takes no writes and is always read-only.
@Component("writesHealthIndicator")
final class WritesIndicator extends AbstractHealthIndicator {

  private static final Status READ_ONLY = new Status("READ_ONLY");

  private final @Nullable WritesAccepted writes;

  WritesIndicator(ObjectProvider<WritesAccepted> writes) {
    super("the node could not be asked");
    this.writes = writes.getIfAvailable();
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    String refusal = writes == null ? "writes go to the master" : writes.refusal();
    if (refusal == null) {
      builder.up();
    } else {
      builder.status(READ_ONLY).withDetail("reason", refusal);
    }
  }
}
