package io.replog.log;

import io.replog.model.Entry;
import io.replog.model.EntryKind;
import io.replog.model.Position;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/// Gathers what the seal of a segment says while it is written, from its first byte on. The
/// checksum is of what was to be written, never of what the disk gives back: damage is not sealed
/// in. Owner: the log writer's thread.
final class Sealing {

  private static final int ZEROS_BYTES = 64 << 10;

  private final Segment segment;
  private final CRC32C crc = new CRC32C();

  /// Where the next record goes.
  private long to = SegmentHeader.BYTES;

  private long lastFrom = to;
  private Position end;
  private Position beforeLast;
  private long firstKeyedIndex;
  private long membershipIndex;
  private long earlierMembershipIndex;

  /// @param segment that was just made, with nothing but its header
  Sealing(Segment segment) {
    this.segment = segment;
    this.end = segment.header().previous();
    this.beforeLast = end;
    crc.update(segment.header().encode());
  }

  /// The file of the segment.
  Path segment() {
    return segment.path();
  }

  /// The records that were put are now in the file behind the last one.
  void written(ByteBuffer records) {
    crc.update(records.duplicate());
  }

  /// One of them.
  void advance(Entry entry, int recordBytes) {
    lastFrom = to;
    to += recordBytes;
    beforeLast = end;
    end = entry.position();
    if (firstKeyedIndex == 0 && entry.key() != null) {
      firstKeyedIndex = entry.index();
    }
    if (entry.kind() == EntryKind.MEMBERSHIP) {
      earlierMembershipIndex = membershipIndex;
      membershipIndex = entry.index();
    }
  }

  /// The seal; nothing may be written any more.
  ///
  /// @param segmentBytes length of the file, zeros from the last record on
  Seal seal(long segmentBytes) {
    zeros(segmentBytes - to);
    segment.index().offer(to, end);
    Run run =
        new Run(
            segment,
            SegmentHeader.BYTES,
            to,
            end,
            lastFrom,
            beforeLast,
            firstKeyedIndex,
            membershipIndex,
            earlierMembershipIndex);
    return Seal.of(run, (int) crc.getValue(), segmentBytes);
  }

  private void zeros(long bytes) {
    byte[] zeros = new byte[ZEROS_BYTES];
    for (long left = bytes; left > 0; left -= ZEROS_BYTES) {
      crc.update(zeros, 0, (int) Math.min(left, ZEROS_BYTES));
    }
  }
}
