package io.replog.master.add;

/// Whoever waits for the answer to an add.
@FunctionalInterface
interface Caller {

  /// Whether the connection is known to be closed by the other side. Does not wait.
  boolean isGone();
}
