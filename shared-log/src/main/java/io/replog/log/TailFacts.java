package io.replog.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/// What stands in a segment behind a good record.
///
/// @param usedEnd offset behind the last byte that is not zero; the end of the good records when
///   there is none
/// @param recordBehind whether an intact record of a higher index stands behind the bad one
/// @param unwrittenSector whether, before that record, a sector is still as it was preallocated:
///   zeros
/// @param watermark highest durable index that any intact header there carries, 0 when none
/// @param lastIndex highest index that any intact header there has, 0 when none
/// @param nextRecord offset of the first intact record there, [#NONE] when there is none
record TailFacts(
    long usedEnd,
    boolean recordBehind,
    boolean unwrittenSector,
    long watermark,
    long lastIndex,
    long nextRecord) {

  static final long NONE = -1;

  private static final int SECTOR_BYTES = 512;
  private static final int WINDOW_BYTES = 256 << 10;

  /// Reads the rest of the file from `from`, in windows; `lastGoodIndex` ends there.
  static TailFacts of(LogFile file, long from, long lastGoodIndex) throws IOException {
    return new Search(file, from, lastGoodIndex).run();
  }

  boolean isBlank(long from) {
    return usedEnd == from;
  }

  /// One pass over the tail.
  private static final class Search {
    private final LogFile file;
    private final long from;
    private final long size;
    private final long lastGoodIndex;
    private final ByteBuffer window;
    private long usedEnd;
    private boolean recordBehind;
    private boolean unwrittenSector;
    private long watermark;
    private long lastIndex;
    private long nextRecord = NONE;

    Search(LogFile file, long from, long lastGoodIndex) throws IOException {
      this.file = file;
      this.from = from;
      this.size = file.size();
      this.lastGoodIndex = lastGoodIndex;
      this.usedEnd = from;
      this.window = ByteBuffer.allocate(Math.clamp(size - from, 0, WINDOW_BYTES));
    }

    TailFacts run() throws IOException {
      for (long at = from; at < size; at += WINDOW_BYTES - RecordHeader.BYTES) {
        load(at);
        searchWindow(at);
      }
      return new TailFacts(
          usedEnd, recordBehind, unwrittenSector, watermark, lastIndex, nextRecord);
    }

    private void load(long at) throws IOException {
      window.clear();
      int read = 0;
      while (window.hasRemaining() && read >= 0) {
        read = file.read(window, at + window.position());
      }
      window.flip();
    }

    private void searchWindow(long at) throws IOException {
      for (int i = 0; i < window.limit(); i++) {
        if (window.get(i) != 0) {
          usedEnd = Math.max(usedEnd, at + i + 1);
          inspect(at, i);
        }
        if (startsSector(at + i)) {
          noteSector(at + i, i);
        }
      }
    }

    private boolean startsSector(long offset) {
      return offset == from || offset % SECTOR_BYTES == 0;
    }

    private void noteSector(long offset, int i) {
      int length = (int) (SECTOR_BYTES - offset % SECTOR_BYTES);
      boolean whole = i + length <= window.limit();
      unwrittenSector |= !recordBehind && whole && Checksums.isZero(window, i, length);
    }

    private void inspect(long at, int i) throws IOException {
      boolean candidate =
          i + RecordHeader.BYTES <= window.limit() && window.getShort(i) == RecordHeader.MAGIC;
      RecordHeader header = candidate ? RecordHeader.parse(window, i) : null;
      if (header != null && mayStandAt(at + i, header)) {
        watermark = Math.max(watermark, header.durableIndex());
        lastIndex = Math.max(lastIndex, header.index());
        noteRecord(header, at + i);
      }
    }

    /// Whether as many records as are missing before it would have had room there: what is intact
    /// but stands in the wrong place does not count.
    private boolean mayStandAt(long offset, RecordHeader header) {
      long missing = header.index() - lastGoodIndex - 1;
      return missing >= 0 && missing <= (offset - from) / RecordHeader.MIN_RECORD_BYTES;
    }

    private void noteRecord(RecordHeader header, long offset) throws IOException {
      boolean further = header.index() > lastGoodIndex + 1;
      boolean tellsMore = nextRecord == NONE || (further && !recordBehind);
      if (tellsMore && isWhole(header, offset)) {
        nextRecord = nextRecord == NONE ? offset : nextRecord;
        recordBehind |= further;
      }
    }

    private boolean isWhole(RecordHeader header, long offset) throws IOException {
      if (offset + header.recordBytes() > size) {
        return false;
      }
      ByteBuffer record = ByteBuffer.allocate(header.recordBytes());
      while (record.hasRemaining() && file.read(record, offset + record.position()) >= 0) {
        continue;
      }
      return !record.hasRemaining() && RecordCodec.bodyIsIntact(header, record, 0);
    }
  }
}
