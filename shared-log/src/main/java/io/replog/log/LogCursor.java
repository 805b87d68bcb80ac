package io.replog.log;

import io.replog.model.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Reads the durable entries one behind the other, from disk, verifying each. For one thread, which
/// may be interrupted: the cursor has its own file handles, so only it is lost then. Memory: one
/// chunk of 64 KiB, or the largest entry met.
///
/// Every failure to read is an [UncheckedIOException], every damage a [LogCorruptException]; what
/// was released is an [EntryReleasedException], also in the middle.
public final class LogCursor implements AutoCloseable {

  private final LogFiles files;
  private final Segments segments;

  /// Highest index that may be shown now.
  private final LongSupplier durableIndex;

  /// Index of the entry that [#next] is about to return.
  private long nextIndex;

  /// [#durableIndex] when the reader last looked at the file.
  private long seenDurableIndex = -1;

  private @Nullable Segment segment;
  private @Nullable LogFile file;
  private @Nullable RecordReader reader;

  LogCursor(LogFiles files, Segments segments, LongSupplier durableIndex, long fromIndex) {
    if (fromIndex < 1) {
      throw new IndexOutOfBoundsException("a log begins at #1, not at #" + fromIndex);
    }
    this.files = files;
    this.segments = segments;
    this.durableIndex = durableIndex;
    this.nextIndex = fromIndex;
  }

  /// The next entry, or null when there is none that is durable at this moment; later there may be.
  public @Nullable Entry next() {
    long durable = durableIndex.getAsLong();
    if (nextIndex > durable) {
      return null;
    }
    try {
      return advanceTo(durable);
    } catch (IOException broken) {
      throw failed(broken);
    }
  }

  /// The same as bytes, which are good until this cursor is used again: several times as fast for
  /// who needs no strings.
  public @Nullable RawEntry nextRaw() {
    long durable = durableIndex.getAsLong();
    if (nextIndex > durable) {
      return null;
    }
    try {
      RecordReader from = readerFor(durable);
      RawEntry raw = readRaw(from);
      while (raw.index() < nextIndex) {
        raw = readRaw(from);
      }
      nextIndex++;
      return raw;
    } catch (IOException broken) {
      throw failed(broken);
    }
  }

  @Override
  public void close() {
    try {
      closeFile();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private Entry advanceTo(long durable) throws IOException {
    RecordReader from = readerFor(durable);
    Entry entry = read(from);
    while (entry.index() < nextIndex) {
      entry = read(from);
    }
    nextIndex++;
    return entry;
  }

  private RecordReader readerFor(long durable) throws IOException {
    Segment current = segment;
    RecordReader open = reader;
    if (current == null || open == null || nextIndex >= segments.firstIndexBehind(current)) {
      open = open(segments.holding(nextIndex));
    } else if (durable != seenDurableIndex) {
      open.forgetReadAhead();
    }
    seenDurableIndex = durable;
    return open;
  }

  private RecordReader open(Segment next) throws IOException {
    closeFile();
    LogFile opened = files.openToRead(next.path());
    SparseIndex.Point point = next.index().floor(nextIndex);
    RecordReader fresh = new RecordReader(opened, point.offset(), point.previous());
    file = opened;
    segment = next;
    reader = fresh;
    return fresh;
  }

  private Entry read(RecordReader from) throws IOException {
    return switch (from.next()) {
      case Scanned.Good(Entry entry, _, _) -> entry;
      case Scanned.Bad(long offset, String reason) -> throw unreadable(from, offset, reason);
      case Scanned.Blank(long offset) -> throw unreadable(from, offset, "there is no record");
    };
  }

  private RawEntry readRaw(RecordReader from) throws IOException {
    RawEntry raw = from.nextRaw();
    if (raw != null) {
      return raw;
    }
    long offset = from.offset();
    Entry changed = read(from);
    throw unreadable(from, offset, "#" + changed.index() + " changed while it was read");
  }

  private RuntimeException failed(IOException broken) {
    return segments.isReleased(nextIndex)
        ? segments.released(nextIndex)
        : new UncheckedIOException(broken);
  }

  /// The end of a segment that is not part of the log any more looks like a missing record.
  private RuntimeException unreadable(RecordReader from, long offset, String reason) {
    if (segments.isReleased(nextIndex)) {
      return segments.released(nextIndex);
    }
    String name = segment == null ? "" : segment.path().getFileName().toString();
    return new LogCorruptException(
        from.position().index() + 1, name + " at byte " + offset + ": " + reason);
  }

  private void closeFile() throws IOException {
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
