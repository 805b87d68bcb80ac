package io.replog.log;

import io.replog.model.Entry;
import io.replog.model.Position;
import java.io.IOException;
import java.nio.file.Path;

/// Intact records that stand one behind the other in one file, and chain. A whole segment is one
/// run; damage cuts it into several.
///
/// @param segment what a segment that holds just this run would be; its path is the file
/// @param from where the first record begins, bytes
/// @param to where the last one ends
/// @param end the last entry; the entry before the first when the run is empty
/// @param lastFrom where the last record begins
/// @param beforeLast the entry before the last one
/// @param firstKeyedIndex first entry that has a key, 0 when none has
/// @param membershipIndex last entry that says who belongs to the cluster, 0 when none does
/// @param earlierMembershipIndex the last one before that, 0 when there is none
record Run(
    Segment segment,
    long from,
    long to,
    Position end,
    long lastFrom,
    Position beforeLast,
    long firstKeyedIndex,
    long membershipIndex,
    long earlierMembershipIndex) {

  long firstIndex() {
    return segment.firstIndex();
  }

  Path path() {
    return segment.path();
  }

  boolean isEmpty() {
    return to == from;
  }

  /// The same without the last record.
  Run withoutLast() {
    long keyed = firstKeyedIndex == end.index() ? 0 : firstKeyedIndex;
    long membership = membershipIndex == end.index() ? earlierMembershipIndex : membershipIndex;
    return new Run(segment, from, lastFrom, beforeLast, lastFrom, beforeLast, keyed, membership, 0);
  }

  /// Whether it continues a log that ends at `previous`: by what its header says was before it, or
  /// by the chain of its first record.
  boolean joins(LogFiles files, Position previous) throws IOException {
    SegmentHeader header = segment.header();
    return header.detached() ? first(files).follows(previous) : header.previous().equals(previous);
  }

  private Entry first(LogFiles files) throws IOException {
    try (LogFile file = files.openToRead(path())) {
      if (new RecordReader(file, from, null).next() instanceof Scanned.Good(Entry entry, _, _)) {
        return entry;
      }
    }
    throw new IOException(path() + " was damaged since it was verified");
  }
}
