package io.replog.log;

import io.replog.model.Position;
import java.nio.file.Path;

/// A segment of the usable log.
///
/// @param path the file
/// @param header its first sector
/// @param index where to start reading; the only part that changes
record Segment(Path path, SegmentHeader header, SparseIndex index) {

  long firstIndex() {
    return header.firstIndex();
  }

  /// The entry before the first one, once it is known.
  Position previous() {
    return header.detached() ? index.floor(firstIndex()).previous() : header.previous();
  }
}
