package io.replog.log;

import io.replog.model.Entry;

/// What [RecordReader] found at its place in the file.
sealed interface Scanned {

  /// An intact record that continues the log.
  ///
  /// @param offset where it begins, bytes
  /// @param bytes its length
  record Good(Entry entry, long offset, int bytes) implements Scanned {}

  /// Zeros, or the end of the file: no record was ever finished here.
  record Blank(long offset) implements Scanned {}

  /// Neither: a record that was not written to its end, or was damaged since.
  record Bad(long offset, String reason) implements Scanned {}
}
