package io.replog.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Two numbers that are written often: the commit index, and the watermark that separates a torn
/// tail from a damaged log. A cache: without it the node starts, and knows less.
///
/// Two slots of a sector each, written in turn, so that a torn write leaves the other one.
///
/// ```
///  slot n at n * 512:  magic(4) version(4) sequence(8) commitIndex(8) durableIndex(8) crc32c(4)
/// ```
final class CommitFile implements Closeable {

  static final String NAME = "commit";

  private static final int SLOT_STRIDE = 512;
  private static final int FILE_BYTES = 2 * SLOT_STRIDE;
  private static final int CRC_OFFSET = 32;
  private static final int SLOT_BYTES = 36;
  private static final int MAGIC = 0x52504C43;
  private static final int VERSION = 1;

  /// @param sequence counts the writes; the higher of two intact slots holds
  /// @param commitIndex see the class
  /// @param durableIndex everything up to it was forced
  record Slot(long sequence, long commitIndex, long durableIndex) {
    static final Slot NONE = new Slot(0, 0, 0);
  }

  private final LogFile file;

  /// Last slot written. Changed by the log writer, read by anybody.
  private volatile Slot current;

  private CommitFile(LogFile file, Slot current) {
    this.file = file;
    this.current = current;
  }

  /// The last slot that was written whole, or [Slot#NONE].
  static Slot read(LogFiles files, Path directory) throws IOException {
    if (!files.list(directory).contains(NAME)) {
      return Slot.NONE;
    }
    try (LogFile file = files.openToRead(directory.resolve(NAME))) {
      ByteBuffer bytes = WholeFiles.readStart(file, FILE_BYTES);
      Slot first = parse(bytes, 0);
      Slot second = parse(bytes, SLOT_STRIDE);
      return first.sequence() > second.sequence() ? first : second;
    }
  }

  /// To go on from `current`; makes the file when it is missing or not whole.
  static CommitFile open(LogFiles files, Path directory, Slot current) throws IOException {
    Path path = directory.resolve(NAME);
    if (!files.list(directory).contains(NAME)) {
      WholeFiles.replace(files, path, new byte[FILE_BYTES]);
    }
    LogFile file = files.open(path);
    try {
      if (file.size() != FILE_BYTES) {
        WholeFiles.zero(file, file.size(), FILE_BYTES);
        file.truncate(FILE_BYTES);
        file.force(true);
      }
      return new CommitFile(file, current);
    } catch (IOException | RuntimeException broken) {
      WholeFiles.closeAfter(file, broken);
      throw broken;
    }
  }

  Slot current() {
    return current;
  }

  /// Writes and forces. Both numbers may only grow, except by an operator who accepts the loss.
  void write(long commitIndex, long durableIndex) throws IOException {
    Slot next = new Slot(current.sequence() + 1, commitIndex, durableIndex);
    file.write(encode(next), (next.sequence() & 1) * SLOT_STRIDE);
    ForceFailedException.force(file, false);
    current = next;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private static ByteBuffer encode(Slot slot) {
    ByteBuffer out = ByteBuffer.allocate(SLOT_BYTES);
    out.putInt(MAGIC).putInt(VERSION).putLong(slot.sequence());
    out.putLong(slot.commitIndex()).putLong(slot.durableIndex());
    return out.putInt(Checksums.crc32c(out, 0, CRC_OFFSET)).flip();
  }

  private static Slot parse(ByteBuffer in, int at) {
    @Nullable ByteBuffer slot = in.limit() >= at + SLOT_BYTES ? in.slice(at, SLOT_BYTES) : null;
    if (slot == null || slot.getInt(CRC_OFFSET) != Checksums.crc32c(slot, 0, CRC_OFFSET)) {
      return Slot.NONE;
    }
    boolean known = slot.getInt() == MAGIC && slot.getInt() == VERSION;
    return known ? new Slot(slot.getLong(), slot.getLong(), slot.getLong()) : Slot.NONE;
  }
}
