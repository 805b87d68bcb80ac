package io.replog.log;

import io.replog.model.Position;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The first sector of a segment: what the file is, whose it is, and where it continues. It is
/// written and forced before the file gets its name, so a damaged one is never an unfinished one.
/// Everything before the segment was forced before the segment was made.
///
/// ```
///  offset  0              8         12         16              24
///          +--------------+---------+----------+---------------+
///          | "REPLOGSG"   | version |  flags   |  firstIndex   |
///          +--------------+---------+----------+---------------+
///      24  |  epoch before the segment |  chain before it      |
///          +---------------------------+-----------------------+
///      40  | len(2) cluster id (1..128) | len(2) log id (0..128)
///          +----------------------------------------------------
///          | zeros                              | crc32c at 508 |   covers 0..507
///          +------------------------------------+---------------+ 512
/// ```
///
/// @param previous the entry before the first of this segment
/// @param detached whether the segment was made behind a hole: of `previous` only the index is
///   known, epoch and chain are 0, and the first record proves where it belongs
record SegmentHeader(String clusterId, String logId, Position previous, boolean detached) {

  static final int BYTES = 512;
  static final int VERSION = 1;

  /// Bit of the flags; the others are 0.
  private static final int DETACHED = 1;

  private static final long MAGIC = 0x5245504C4F475347L;
  private static final int CRC_OFFSET = 508;
  private static final int MAX_ID_BYTES = 128;

  /// What stands at the beginning of a file that should be a segment.
  sealed interface Parsed {
    record Valid(SegmentHeader header) implements Parsed {}

    record Newer(int version) implements Parsed {}

    record Damaged(String reason) implements Parsed {}
  }

  SegmentHeader(String clusterId, String logId, Position previous) {
    this(clusterId, logId, previous, false);
  }

  /// Of a segment made behind a hole.
  static SegmentHeader detached(String clusterId, String logId, long firstIndex) {
    return new SegmentHeader(clusterId, logId, new Position(firstIndex - 1, 0, 0), true);
  }

  long firstIndex() {
    return previous.index() + 1;
  }

  /// File name of the segment that begins with that index.
  static String fileName(long firstIndex) {
    return "%020d.log".formatted(firstIndex);
  }

  ByteBuffer encode() {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    out.putLong(MAGIC).putInt(VERSION).putInt(detached ? DETACHED : 0).putLong(firstIndex());
    out.putLong(previous.epoch()).putLong(previous.chain());
    putString(out, clusterId);
    putString(out, logId);
    out.putInt(CRC_OFFSET, Checksums.crc32c(out, 0, CRC_OFFSET));
    return out.clear();
  }

  /// @param in the first [#BYTES] bytes of the file, or fewer when it is shorter
  static Parsed parse(ByteBuffer in) {
    if (in.remaining() < BYTES) {
      return new Parsed.Damaged("the file is shorter than a segment header");
    }
    if (in.getInt(CRC_OFFSET) != Checksums.crc32c(in, 0, CRC_OFFSET) || in.getLong() != MAGIC) {
      return new Parsed.Damaged("the segment header is damaged");
    }
    int version = in.getInt();
    if (version != VERSION) {
      return new Parsed.Newer(version);
    }
    boolean detached = (in.getInt() & DETACHED) != 0;
    long firstIndex = in.getLong();
    Position previous = new Position(firstIndex - 1, in.getLong(), in.getLong());
    String clusterId = getString(in);
    String logId = getString(in);
    return clusterId == null || logId == null || firstIndex < 1
        ? new Parsed.Damaged("the segment header says what cannot be")
        : new Parsed.Valid(new SegmentHeader(clusterId, logId, previous, detached));
  }

  private static void putString(ByteBuffer out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_ID_BYTES) {
      throw new IllegalStateException("an id of more than 128 bytes: " + text);
    }
    out.putShort((short) bytes.length).put(bytes);
  }

  private static @Nullable String getString(ByteBuffer in) {
    int length = in.getShort();
    if (length < 0 || length > MAX_ID_BYTES) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
