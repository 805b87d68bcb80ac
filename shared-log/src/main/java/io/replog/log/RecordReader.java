package io.replog.log;

import io.replog.model.Entry;
import io.replog.model.Position;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads the records of one segment one behind the other, in chunks, and verifies both checksums
/// and the chain of each. Memory: one chunk, or the largest record met.
final class RecordReader {

  static final int CHUNK_BYTES = 64 << 10;

  private final LogFile file;

  /// Bytes between position and limit are read and not yet consumed.
  private ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES).limit(0);

  /// Where in the file the position of the buffer is.
  private long offset;

  /// The entry before the next one; null before the first one of a reader that does not know it.
  private @Nullable Position previous;

  /// @param previous the entry before the record at `offset`; null to take that record's word for
  ///   it, and verify the chain from there on
  RecordReader(LogFile file, long offset, @Nullable Position previous) {
    this.file = file;
    this.offset = offset;
    this.previous = previous;
  }

  /// The entry before the next one, once it is known.
  Position position() {
    return Objects.requireNonNull(previous, "no record was read");
  }

  long offset() {
    return offset;
  }

  /// The next record. After anything but [Scanned.Good] the reader stays where it is.
  Scanned next() throws IOException {
    if (!has(RecordHeader.BYTES)) {
      return isBlank(buffer.remaining()) ? new Scanned.Blank(offset) : bad("ends in a header");
    }
    if (isBlank(RecordHeader.BYTES)) {
      return new Scanned.Blank(offset);
    }
    RecordHeader header = RecordHeader.parse(buffer, buffer.position());
    return header == null ? bad("has a damaged header") : body(header);
  }

  /// The next record without making strings of it; null where there is no intact one that chains,
  /// then [#next] says why.
  @Nullable RawEntry nextRaw() throws IOException {
    if (!has(RecordHeader.BYTES) || isBlank(RecordHeader.BYTES)) {
      return null;
    }
    RecordHeader header = RecordHeader.parse(buffer, buffer.position());
    if (header == null
        || !has(header.recordBytes())
        || !RecordCodec.bodyIsIntact(header, buffer, buffer.position())) {
      return null;
    }
    RawEntry raw = RecordCodec.raw(header, buffer, buffer.position());
    if (previous != null && !raw.follows(previous)) {
      return null;
    }
    consume(header, raw.position());
    return raw;
  }

  /// Forgets what was read ahead, because more may have been written since.
  void forgetReadAhead() {
    buffer.limit(buffer.position());
  }

  private Scanned body(RecordHeader header) throws IOException {
    if (!has(header.recordBytes())) {
      return bad("is cut off");
    }
    if (!RecordCodec.bodyIsIntact(header, buffer, buffer.position())) {
      return bad("has a damaged body");
    }
    if (header.attributesBytes() > 0 && !chains(header)) {
      return bad("does not continue the chain");
    }
    Entry entry = RecordCodec.decode(header, buffer, buffer.position());
    return previous == null || entry.follows(previous)
        ? advance(entry, header)
        : bad("does not continue the chain");
  }

  /// Only what is known to be as it was written is said to be of a kind that nobody knows.
  private boolean chains(RecordHeader header) {
    return previous == null || RecordCodec.raw(header, buffer, buffer.position()).follows(previous);
  }

  private Scanned.Good advance(Entry entry, RecordHeader header) {
    Scanned.Good good = new Scanned.Good(entry, offset, header.recordBytes());
    consume(header, entry.position());
    return good;
  }

  private void consume(RecordHeader header, Position position) {
    buffer.position(buffer.position() + header.recordBytes());
    offset += header.recordBytes();
    previous = position;
  }

  private Scanned.Bad bad(String what) {
    String record =
        previous == null ? "the first record" : "the record behind #" + previous.index();
    return new Scanned.Bad(offset, record + " " + what);
  }

  private boolean isBlank(int length) {
    return Checksums.isZero(buffer, buffer.position(), length);
  }

  private boolean has(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      makeRoomFor(bytes);
      fill(bytes);
    }
    return buffer.remaining() >= bytes;
  }

  private void makeRoomFor(int bytes) {
    boolean tooSmall = buffer.capacity() < bytes;
    boolean tooLarge = buffer.capacity() > CHUNK_BYTES && bytes <= CHUNK_BYTES;
    if (tooSmall || tooLarge) {
      buffer = ByteBuffer.allocate(Math.max(bytes, CHUNK_BYTES)).put(buffer);
    } else {
      buffer.compact();
    }
    buffer.flip();
  }

  private void fill(int bytes) throws IOException {
    int consumed = buffer.position();
    buffer.position(buffer.limit()).limit(buffer.capacity());
    int read = 0;
    while (buffer.position() - consumed < bytes && read >= 0) {
      read = file.read(buffer, offset + buffer.position() - consumed);
    }
    buffer.flip().position(consumed);
  }
}
