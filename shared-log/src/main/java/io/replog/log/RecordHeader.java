package io.replog.log;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The fixed part of a record. It has a checksum of its own, so that a damaged length is noticed
/// before anybody follows it or allocates for it. Big-endian throughout.
///
/// ```
///  offset  0       2     3     4           8
///          +-------+-----+-----+-----------+
///          | magic | ver |flags| bodyBytes |
///          +-------+-----+-----+-----------+---------+
///       8  |               index                     |
///          +-----------------------------------------+
///      16  |               epoch                     |
///          +-----------------------------------------+
///      24  |               timestampMillis           |
///          +-----------------------------------------+
///      32  |               chain                     |
///          +-----------------------------------------+
///      40  |               durableIndex              |
///          +--------------------+--------------------+
///      48  |     keyBytes       |  attributesBytes   |
///          +--------------------+--------------------+
///      56  |   headerCrc32c     |   covers 0..55
///          +--------------------+
///      60  |   body: attributes, key, text           |   bodyBytes
///          +--------------------+--------------------+
///          |   bodyCrc32c       |   covers headerCrc32c and the body
///          +--------------------+
/// ```
///
/// The two bytes of the magic never occur in UTF-8, so no text can look like a record.
///
/// @param bodyBytes attributes, key and text together, 0 to 64 MiB
/// @param durableIndex highest index that was forced when this record was written: the watermark,
///   below the record's own index
/// @param keyBytes -1 where there is no key
/// @param attributesBytes what says that the entry is no message, see [io.replog.model.EntryKind];
///   0 for a message
record RecordHeader(
    int bodyBytes,
    long index,
    long epoch,
    long timestampMillis,
    long chain,
    long durableIndex,
    int keyBytes,
    int attributesBytes) {

  static final int BYTES = 60;
  static final int CRC_OFFSET = 56;
  static final int TRAILER_BYTES = 4;
  static final int MIN_RECORD_BYTES = BYTES + TRAILER_BYTES;
  static final short MAGIC = (short) 0xFFF1;
  static final byte VERSION = 1;

  /// Largest body that the format allows. Not the limit of a message: that one may be lowered while
  /// older, larger entries are in the log.
  static final int MAX_BODY_BYTES = 64 << 20;

  /// Length of the whole record.
  int recordBytes() {
    return BYTES + bodyBytes + TRAILER_BYTES;
  }

  int textBytes() {
    return bodyBytes - attributesBytes - Math.max(keyBytes, 0);
  }

  void put(ByteBuffer out) {
    int start = out.position();
    out.putShort(MAGIC).put(VERSION).put((byte) 0).putInt(bodyBytes);
    out.putLong(index).putLong(epoch).putLong(timestampMillis).putLong(chain);
    out.putLong(durableIndex).putInt(keyBytes).putInt(attributesBytes);
    out.putInt(Checksums.crc32c(out, start, CRC_OFFSET));
  }

  /// The header at `at`, or null when there is no valid one. Needs [#BYTES] bytes in the buffer.
  static @Nullable RecordHeader parse(ByteBuffer in, int at) {
    if (in.getShort(at) != MAGIC || in.get(at + 2) != VERSION) {
      return null;
    }
    if (in.getInt(at + CRC_OFFSET) != Checksums.crc32c(in, at, CRC_OFFSET)) {
      return null;
    }
    RecordHeader header =
        new RecordHeader(
            in.getInt(at + 4),
            in.getLong(at + 8),
            in.getLong(at + 16),
            in.getLong(at + 24),
            in.getLong(at + 32),
            in.getLong(at + 40),
            in.getInt(at + 48),
            in.getInt(at + 52));
    return header.isPlausible() ? header : null;
  }

  private boolean isPlausible() {
    return bodyBytes >= 0
        && bodyBytes <= MAX_BODY_BYTES
        && keyBytes >= -1
        && attributesBytes >= 0
        && (long) attributesBytes + Math.max(keyBytes, 0) <= bodyBytes
        && index >= 1
        && durableIndex < index;
  }
}
