package io.replog.system.power;

/// First word of a line that a [LogProcess] prints. A position is `index:epoch:chain`.
enum Line {
  /// The log is about to be opened.
  OPENING,
  /// The log is open: its end, the position at the index that was asked for (index 0 when it is
  /// beyond the end), epoch of the promise, commit index, bytes cut off, damaged places.
  FOUND,
  /// The log could not be opened: why.
  REFUSED,
  /// Everything is durable up to this position.
  DURABLE,
  /// The promise of this epoch is on disk.
  PROMISED,
  /// This commit index is on disk.
  COMMITTED
}
