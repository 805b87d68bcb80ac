package io.replog.log;

import io.replog.model.Entry;
import io.replog.model.Position;
import java.io.IOException;
import java.nio.file.Path;

/// A segment read from its first to its last intact record.
///
/// @param segment what can be read of it
/// @param end where the log stands behind its last intact record
/// @param endOffset where that record ends in the file, bytes
/// @param stop what stands there, never [Scanned.Good]
/// @param firstKeyedIndex first entry in it that has a key, 0 when none has
record SegmentScan(
    Segment segment, Position end, long endOffset, Scanned stop, long firstKeyedIndex) {

  static SegmentScan of(LogFile file, Path path, SegmentHeader header) throws IOException {
    SparseIndex index = new SparseIndex();
    RecordReader reader = new RecordReader(file, SegmentHeader.BYTES, header.previous());
    index.offer(SegmentHeader.BYTES, header.previous());
    Scanned scanned = reader.next();
    long firstKeyedIndex = 0;
    while (scanned instanceof Scanned.Good(Entry entry, _, _)) {
      if (firstKeyedIndex == 0 && entry.key() != null) {
        firstKeyedIndex = entry.index();
      }
      index.offer(reader.offset(), reader.position());
      scanned = reader.next();
    }
    Segment segment = new Segment(path, header, index);
    return new SegmentScan(segment, reader.position(), reader.offset(), scanned, firstKeyedIndex);
  }
}
