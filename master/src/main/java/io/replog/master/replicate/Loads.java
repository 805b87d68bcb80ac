package io.replog.master.replicate;

import io.replog.replication.master.MasterEffect.Send;

/// Makes batches ready. Throws if the own log cannot be read.
@FunctionalInterface
interface Loads {

  /// What the core wants sent, or the first part of it.
  Load of(Send batch);
}
