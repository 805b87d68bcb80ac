package io.replog.node.health;

import org.jspecify.annotations.Nullable;

/// Something beyond recovering and listening that must be over before a node is ready.
@FunctionalInterface
public interface ReadyCondition {

  /// Null once it is over, otherwise what is still going on.
  @Nullable String pending();
}
