package io.replog.log;

import io.replog.model.Position;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a reading of a whole segment, record by record, has found, and the checksum of the file in
/// which it was found: as long as the file has that checksum, it need not be read that way again.
/// Its file is a cache that nobody forces: missing, torn, stale or of another segment, it is not
/// used.
///
/// ```
///  offset  0              8         12             16
///          +--------------+---------+--------------+---------------+
///          | "REPLOGSL"   | version | segmentCrc32c| segmentBytes  |
///          +--------------+---------+--------------+---------------+
///      24  | index, epoch, chain of the entry before the first one |
///          +-------------------------------------------------------+
///      48  | index, epoch, chain of the entry before the last one  |
///          +-------------------------------------------------------+
///      72  | index, epoch, chain of the last entry                 |
///          +-----------------+-----------------+-------------------+
///      96  |    lastFrom     |       to        |  firstKeyedIndex  |
///          +-----------------+-----------------+-------------------+
///     120  | membershipIndex | earlierMembershipIndex              |
///          +-------------------------------------------------------+
///     136  | points of the sparse index, 28 bytes each             |
///          +-------------------------------------------------------+
///          | crc32c          |   covers everything before it
///          +-----------------+
/// ```
///
/// @param segmentCrc32c of the whole file of the segment, its header and the zeros behind the last
///   record included
/// @param segmentBytes length of that file
/// @param previous the entry before the first one, as the header of the segment says too
/// @param beforeLast the entry before the last one
/// @param end the last entry
/// @param lastFrom where the last record begins, bytes
/// @param to where it ends
/// @param firstKeyedIndex first entry that has a key, 0 when none has
/// @param membershipIndex last entry that says who belongs to the cluster, 0 when none does
/// @param earlierMembershipIndex the last one before that, 0 when there is none
/// @param index where to start reading; of a segment that is not written any more
record Seal(
    int segmentCrc32c,
    long segmentBytes,
    Position previous,
    Position beforeLast,
    Position end,
    long lastFrom,
    long to,
    long firstKeyedIndex,
    long membershipIndex,
    long earlierMembershipIndex,
    SparseIndex index) {

  /// To be raised with every change of what a reading finds in the same bytes, so that no program
  /// goes by what another one has found.
  static final int VERSION = 2;

  private static final long MAGIC = 0x5245504C4F47534CL;
  private static final int INDEX_OFFSET = 136;
  private static final int CRC_BYTES = 4;

  /// @param run the whole segment
  static Seal of(Run run, int segmentCrc32c, long segmentBytes) {
    return new Seal(
        segmentCrc32c,
        segmentBytes,
        run.segment().header().previous(),
        run.beforeLast(),
        run.end(),
        run.lastFrom(),
        run.to(),
        run.firstKeyedIndex(),
        run.membershipIndex(),
        run.earlierMembershipIndex(),
        run.segment().index());
  }

  /// Whether it is of a file with these bytes.
  ///
  /// @param header of the segment
  boolean fits(SegmentHeader header, int crc32c, long bytes) {
    return segmentCrc32c == crc32c && segmentBytes == bytes && previous.equals(header.previous());
  }

  /// What a reading of the segment would find.
  Run run(Path path, SegmentHeader header) {
    return new Run(
        new Segment(path, header, index),
        SegmentHeader.BYTES,
        to,
        end,
        lastFrom,
        beforeLast,
        firstKeyedIndex,
        membershipIndex,
        earlierMembershipIndex);
  }

  ByteBuffer encode() {
    ByteBuffer points = index.encode();
    ByteBuffer out = ByteBuffer.allocate(INDEX_OFFSET + points.remaining() + CRC_BYTES);
    out.putLong(MAGIC).putInt(VERSION).putInt(segmentCrc32c).putLong(segmentBytes);
    put(out, previous);
    put(out, beforeLast);
    put(out, end);
    out.putLong(lastFrom).putLong(to).putLong(firstKeyedIndex);
    out.putLong(membershipIndex).putLong(earlierMembershipIndex).put(points);
    return out.putInt(Checksums.crc32c(out, 0, out.position())).flip();
  }

  /// @param in the whole file
  /// @return null when it is not as it was written, or by a program that reads otherwise
  static @Nullable Seal decode(ByteBuffer in) {
    int crcOffset = in.limit() - CRC_BYTES;
    if (crcOffset < INDEX_OFFSET + SparseIndex.POINT_BYTES
        || (crcOffset - INDEX_OFFSET) % SparseIndex.POINT_BYTES != 0
        || in.getInt(crcOffset) != Checksums.crc32c(in, 0, crcOffset)
        || in.getLong() != MAGIC
        || in.getInt() != VERSION) {
      return null;
    }
    return new Seal(
        in.getInt(),
        in.getLong(),
        position(in),
        position(in),
        position(in),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        SparseIndex.decode(in.limit(crcOffset)));
  }

  private static void put(ByteBuffer out, Position position) {
    out.putLong(position.index()).putLong(position.epoch()).putLong(position.chain());
  }

  private static Position position(ByteBuffer in) {
    return new Position(in.getLong(), in.getLong(), in.getLong());
  }
}
