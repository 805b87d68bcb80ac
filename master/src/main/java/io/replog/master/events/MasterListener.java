package io.replog.master.events;

import io.replog.replication.master.MasterEvent;

/// Hears of everything that happens in the core, in order, on the thread that owns the core at that
/// moment. Must neither block nor throw.
@FunctionalInterface
public interface MasterListener {

  /// @param nowNanos when, on the clock of [System#nanoTime]
  void happened(MasterEvent event, long nowNanos);
}
