package io.replog.node.health;

import org.jspecify.annotations.Nullable;

/// Whether a master takes writes, for the probe `/actuator/health/quorum`.
@FunctionalInterface
public interface WritesAccepted {

  /// Null when an add would be accepted now, otherwise why not.
  @Nullable String refusal();
}
