package io.replog.master.replicate;

import io.replog.replication.master.MasterEffect.Send;

/// Reads batches from the own log and encodes them. Throws if the log cannot be read.
@FunctionalInterface
interface BatchReading {

  /// A batch as it travels.
  ///
  /// @param lastIndex of its entries; that before its first where it has none
  record Encoded(long lastIndex, byte[] json) {}

  /// What the core wants sent, as far as it fits one batch.
  ///
  /// @param upTo last index that may be in it
  Encoded read(Send batch, long upTo);

  /// The same without a bound but that of the core.
  default Encoded read(Send batch) {
    return read(batch, batch.upTo());
  }
}
