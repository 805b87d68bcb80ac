package io.replog.master.add;

import org.jspecify.annotations.Nullable;

/// Whoever waits for the answer to an add.
@FunctionalInterface
interface Caller {

  /// What it has sent as `traceparent`, null when nothing.
  default @Nullable String traceparent() {
    return null;
  }

  /// It stands at `index` now, and may not be durable yet. Of transactions only, on the thread that
  /// owns the core: must neither block nor throw.
  default void appended(long index) {}

  /// Whether the connection is known to be closed by the other side. Does not wait.
  boolean isGone();
}
