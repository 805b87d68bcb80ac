package io.replog.log;

import io.replog.model.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Reads the durable part of the log from disk again and again, segment headers included, and
/// verifies checksums and chain: finds the damage that no reader meets. What the page cache holds
/// is read from there.
///
/// For one thread at a time. Has none of its own, and keeps no file open between two passes.
/// Memory: one chunk of 64 KiB, or the largest entry met.
public final class LogScrub implements AutoCloseable {

  static final int STEP_BYTES = 256 << 10;

  private final LogFiles files;
  private final Segments segments;
  private final LongSupplier durableIndex;
  private final long bytesPerSecond;

  /// Last entry verified in this pass.
  private Position verified;

  private @Nullable Segment segment;
  private @Nullable LogFile file;
  private @Nullable RecordReader reader;

  LogScrub(LogFiles files, Segments segments, LongSupplier durableIndex, long bytesPerSecond) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException("bytes per second: more than 0");
    }
    this.files = files;
    this.segments = segments;
    this.durableIndex = durableIndex;
    this.bytesPerSecond = bytesPerSecond;
    this.verified = segments.base();
  }

  /// What one step has done.
  ///
  /// @param bytes how much was verified
  /// @param pause how long to wait before the next step, so that the rate holds on average
  /// @param passEnded whether everything durable has been verified since the pass began; the next
  ///   step begins another pass
  public record Step(long bytes, Duration pause, boolean passEnded) {}

  /// Verifies the next records, about 256 KiB, or one larger record.
  ///
  /// @throws LogCorruptException at the first damage; the next step begins another pass
  /// @throws UncheckedIOException if the disk cannot be read
  public Step step() {
    try {
      long durable = durableIndex.getAsLong();
      if (verified.index() < segments.base().index()) {
        restart();
      }
      long bytes = verifyUpTo(durable);
      boolean ended = verified.index() >= durable;
      if (ended) {
        restart();
      }
      long pauseNanos = bytes * TimeUnit.SECONDS.toNanos(1) / bytesPerSecond;
      return new Step(bytes, Duration.ofNanos(pauseNanos), ended);
    } catch (LogCorruptException damage) {
      if (segments.isReleased(damage.index())) {
        return passOverReleased();
      }
      restart();
      throw damage;
    } catch (EntryReleasedException _) {
      return passOverReleased();
    } catch (IOException broken) {
      if (segments.isReleased(verified.index() + 1)) {
        return passOverReleased();
      }
      throw new UncheckedIOException(broken);
    }
  }

  /// What was to be verified next has been released since.
  private Step passOverReleased() {
    restart();
    return new Step(0, Duration.ZERO, false);
  }

  /// Gives the file back; the next step begins another pass.
  @Override
  public void close() {
    restart();
  }

  private long verifyUpTo(long durable) throws IOException {
    long bytes = 0;
    forgetReadAhead();
    while (bytes < STEP_BYTES && verified.index() < durable) {
      bytes += verifyNext();
    }
    return bytes;
  }

  /// More may have been written since.
  private void forgetReadAhead() {
    if (reader != null) {
      reader.forgetReadAhead();
    }
  }

  private int verifyNext() throws IOException {
    return switch (readerOfNext().next()) {
      case Scanned.Good(var entry, _, int bytes) -> {
        verified = entry.position();
        yield bytes;
      }
      case Scanned.Bad(long offset, String reason) -> throw corrupt(offset, reason);
      case Scanned.Blank(long offset) -> throw corrupt(offset, "there is no record");
    };
  }

  private RecordReader readerOfNext() throws IOException {
    Segment current = segment;
    RecordReader open = reader;
    long next = verified.index() + 1;
    if (current == null || open == null || next >= segments.firstIndexBehind(current)) {
      open = open(segments.holding(next));
    }
    return open;
  }

  private RecordReader open(Segment next) throws IOException {
    closeFile();
    segment = next;
    LogFile opened = files.openToRead(next.path());
    file = opened;
    requireHeader(opened, next);
    RecordReader fresh = new RecordReader(opened, SegmentHeader.BYTES, verified);
    reader = fresh;
    return fresh;
  }

  private void requireHeader(LogFile opened, Segment next) throws IOException {
    var parsed = SegmentHeader.parse(WholeFiles.readStart(opened, SegmentHeader.BYTES));
    if (!new SegmentHeader.Parsed.Valid(next.header()).equals(parsed)) {
      throw corrupt(0, "the segment header is not as it was");
    }
  }

  private LogCorruptException corrupt(long offset, String reason) {
    String name = segment == null ? "" : segment.path().getFileName().toString();
    return new LogCorruptException(
        verified.index() + 1, name + " at byte " + offset + ": " + reason);
  }

  private void restart() {
    try {
      closeFile();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } finally {
      segment = null;
      reader = null;
      verified = segments.base();
    }
  }

  private void closeFile() throws IOException {
    LogFile open = file;
    file = null;
    if (open != null) {
      open.close();
    }
  }
}
