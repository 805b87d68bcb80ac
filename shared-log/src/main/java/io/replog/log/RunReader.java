package io.replog.log;

import io.replog.model.EntryKind;
import io.replog.model.Position;
import java.io.IOException;
import java.nio.file.Path;

/// Reads one run from a file, up to what is no intact record that chains.
final class RunReader {

  private final Path path;
  private final long from;
  private final RecordReader records;
  private final SparseIndex index = new SparseIndex();

  /// What the header of the segment is known to be; where it is detached, the first record tells
  /// its first index.
  private SegmentHeader header;

  private Position end;
  private long lastFrom;
  private Position beforeLast;
  private long firstKeyedIndex;
  private long membershipIndex;
  private long earlierMembershipIndex;
  private final Scanned stop;

  RunReader(LogFile file, Path path, SegmentHeader header, long from) throws IOException {
    this.path = path;
    this.from = from;
    this.header = header;
    this.records = new RecordReader(file, from, header.detached() ? null : header.previous());
    this.end = header.previous();
    this.beforeLast = end;
    this.lastFrom = from;
    readAll();
    this.stop = records.next();
    index.offer(records.offset(), end);
  }

  Run run() {
    return new Run(
        new Segment(path, header, index),
        from,
        records.offset(),
        end,
        lastFrom,
        beforeLast,
        firstKeyedIndex,
        membershipIndex,
        earlierMembershipIndex);
  }

  /// What stands behind the run, never [Scanned.Good].
  Scanned stop() {
    return stop;
  }

  private void readAll() throws IOException {
    long offset = from;
    for (RawEntry entry; (entry = records.nextRaw()) != null; offset = records.offset()) {
      if (header.detached() && offset == from) {
        header = SegmentHeader.detached(header.clusterId(), header.logId(), entry.index());
        end = header.previous();
      }
      index.offer(offset, end);
      note(entry, offset);
    }
  }

  /// @throws LogRefusedException if the entry is of a kind that is not known here
  private void note(RawEntry entry, long offset) {
    if (entry.kind() == EntryKind.MEMBERSHIP) {
      earlierMembershipIndex = membershipIndex;
      membershipIndex = entry.index();
    }
    beforeLast = end;
    end = entry.position();
    lastFrom = offset;
    if (firstKeyedIndex == 0 && entry.keyLength() >= 0) {
      firstKeyedIndex = entry.index();
    }
  }
}
