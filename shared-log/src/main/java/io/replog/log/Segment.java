package io.replog.log;

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
}
