package io.replog.log;

import io.replog.log.RecordCodec.Encoded;
import io.replog.model.Entry;
import io.replog.model.Position;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Writes records behind the last one and forces them. Knows nothing of threads and queues. Owner:
/// the log writer's thread.
final class SegmentWriter implements Closeable {

  private static final int MAX_RUN_BYTES = 1 << 20;
  private static final int INITIAL_BUFFER_BYTES = 64 << 10;

  private final SegmentFiles files;
  private final LogOptions options;
  private final Segments segments;
  private final Seals seals;

  /// Reused for every write; a record above [#MAX_RUN_BYTES] gets one for itself.
  private ByteBuffer buffer = ByteBuffer.allocateDirect(INITIAL_BUFFER_BYTES);

  /// What is still to be filled, and what follows it. Appends go before the first of these.
  private final Deque<Gap> gaps;

  /// The segment that is written to, null when the next record begins a new one.
  private SegmentFiles.@Nullable Open active;

  /// The same as readers see it.
  private @Nullable Segment segment;

  /// What its seal will say, null where this process did not write it from the beginning.
  private @Nullable Sealing sealing;

  /// Where the next record goes in it.
  private long offset;

  /// Last entry written, or of what it was joined with; never falls.
  private Position written;

  /// Last entry covered by a force; at most the written one. The watermark of new records.
  private long forcedIndex;

  private int unforcedEntries;
  private long unforcedBytes;

  SegmentWriter(
      SegmentFiles files,
      LogOptions options,
      Segments segments,
      SegmentFiles.@Nullable Open active,
      long offset,
      Position end,
      Deque<Gap> gaps) {
    this.files = files;
    this.options = options;
    this.segments = segments;
    this.seals = files.seals();
    this.active = active;
    this.segment = active == null ? null : segments.last();
    this.offset = offset;
    this.gaps = gaps;
    this.written = end;
    this.forcedIndex = end.index();
  }

  /// What a force has covered.
  record Forced(int entries, long bytes) {}

  Position written() {
    return written;
  }

  long forcedIndex() {
    return forcedIndex;
  }

  boolean isDirty() {
    return unforcedEntries > 0;
  }

  /// The hole that is filled to its last index and not joined with what is behind it, or null.
  @Nullable Hole filledHole() {
    Gap first = gaps.peek();
    return first != null && first.hole().lastIndex() == written.index() ? first.hole() : null;
  }

  /// Joins what fills the first hole with what stands behind it: then the log ends where that does.
  ///
  /// @return false if the chain does not lead on; then nothing has changed
  boolean join() throws IOException {
    Gap filled = gaps.element();
    Run behind = filled.behind();
    if (behind != null) {
      if (!files.joins(behind, written)) {
        return false;
      }
      behind.segment().index().anchor(written);
      leaveSegment(filled.islandEnd());
    }
    gaps.remove();
    return true;
  }

  /// Lets an empty log begin behind `base`.
  void beginBehind(Position base) throws IOException {
    if (written.index() > 0 || !gaps.isEmpty()) {
      throw new IllegalStateException("a log that holds entries does not begin anew at " + base);
    }
    leaveSegment(base);
  }

  /// The log of the entries, empty when there are none.
  String logId() {
    Segment last = segments.last();
    return last == null ? "" : last.header().logId();
  }

  private void leaveSegment(Position end) throws IOException {
    close();
    active = null;
    segment = null;
    sealing = null;
    written = end;
    forcedIndex = end.index();
  }

  /// Writes those of `entries` that are not written yet; so it may be repeated after it has thrown
  /// and [#retreat] has succeeded.
  void write(String logId, List<Entry> entries) throws IOException {
    int at = (int) Math.max(0, written.index() + 1 - entries.getFirst().index());
    while (at < entries.size()) {
      Encoded first = Encoded.of(entries.get(at));
      makeRoomFor(first, logId);
      at = writeRun(first, entries, at);
    }
  }

  /// Forces what was written.
  ///
  /// @return what was written since this method was last called
  Forced force() throws ForceFailedException {
    forceActive();
    Forced forced = new Forced(unforcedEntries, unforcedBytes);
    unforcedEntries = 0;
    unforcedBytes = 0;
    return forced;
  }

  private void forceActive() throws ForceFailedException {
    if (active != null) {
      ForceFailedException.force(active.file(), false);
    }
    forcedIndex = written.index();
  }

  /// After a write that found no room: makes the file end where the last whole record does, and
  /// gives back what was preallocated in vain.
  void retreat() throws IOException {
    if (active != null) {
      WholeFiles.zero(active.file(), offset, active.allocatedEnd());
      active.file().truncate(active.allocatedEnd());
      forceActive();
    }
    files.deleteTemporaryFiles();
  }

  /// Seals the segment that was written last, once everything is forced; nothing may be written any
  /// more.
  void seal() {
    if (active != null) {
      keepSeal(sealing, active);
      sealing = null;
    }
  }

  @Override
  public void close() throws IOException {
    if (active != null) {
      active.file().close();
    }
  }

  private void makeRoomFor(Encoded first, String logId) throws IOException {
    Segment current = segment;
    if (active == null || current == null || isEmptyOfOtherLog(current, logId)) {
      begin(logId);
    } else if (!current.header().logId().equals(logId)) {
      throw new IllegalStateException(
          "an entry of log " + logId + " for a log " + current.header().logId());
    } else if (!fits(first)) {
      roll(logId);
    }
  }

  private boolean isEmptyOfOtherLog(Segment current, String logId) {
    return written.index() == 0 && !current.header().logId().equals(logId);
  }

  /// Whether the record may go into the last segment; the first one always may.
  private boolean fits(Encoded record) {
    return offset == SegmentHeader.BYTES || offset + record.recordBytes() <= options.segmentBytes();
  }

  private void roll(String logId) throws IOException {
    forceActive();
    SegmentFiles.Open full = Objects.requireNonNull(active, "no segment to leave");
    Sealing gathered = sealing;
    begin(logId);
    keepSeal(gathered, full);
  }

  private void keepSeal(@Nullable Sealing gathered, SegmentFiles.Open full) {
    if (gathered != null) {
      seals.keep(gathered.segment(), gathered.seal(full.allocatedEnd()));
    }
  }

  private void begin(String logId) throws IOException {
    SegmentHeader header = new SegmentHeader(options.clusterId(), logId, written);
    SegmentFiles.Open next = files.create(header);
    close();
    active = next;
    offset = SegmentHeader.BYTES;
    segment = new Segment(files.path(header.firstIndex()), header, new SparseIndex());
    sealing = new Sealing(segment);
    segments.add(segment);
  }

  /// Writes as many records as fit into one write and into the segment.
  ///
  /// @return where in `entries` the next one is
  private int writeRun(Encoded first, List<Entry> entries, int from) throws IOException {
    List<Encoded> run = run(first, entries, from);
    ByteBuffer out = bufferFor(run.stream().mapToInt(Encoded::recordBytes).sum());
    run.forEach(record -> record.put(out, forcedIndex));
    flush(out.flip());
    run.forEach(this::advance);
    return from + run.size();
  }

  private List<Encoded> run(Encoded first, List<Entry> entries, int from) {
    List<Encoded> run = new ArrayList<>(List.of(first));
    long room = Math.min(MAX_RUN_BYTES, options.segmentBytes() - offset) - first.recordBytes();
    for (int at = from + 1; at < entries.size() && room > 0; at++) {
      Encoded next = Encoded.of(entries.get(at));
      room -= next.recordBytes();
      if (room >= 0) {
        run.add(next);
      }
    }
    return run;
  }

  private ByteBuffer bufferFor(int bytes) {
    if (bytes > MAX_RUN_BYTES) {
      return ByteBuffer.allocateDirect(bytes);
    }
    if (bytes > buffer.capacity()) {
      buffer = ByteBuffer.allocateDirect(Math.min(MAX_RUN_BYTES, 2 * bytes));
    }
    return buffer.clear();
  }

  private void flush(ByteBuffer out) throws IOException {
    SegmentFiles.Open open = Objects.requireNonNull(active, "no segment to write to");
    active = files.grown(open, offset + out.remaining());
    open.file().write(out.duplicate(), offset);
    if (sealing != null) {
      sealing.written(out);
    }
  }

  /// Takes note of a record that is in the file now.
  private void advance(Encoded record) {
    Objects.requireNonNull(segment).index().offer(offset, written);
    written = record.entry().position();
    offset += record.recordBytes();
    if (sealing != null) {
      sealing.advance(record.entry(), record.recordBytes());
    }
    unforcedEntries++;
    unforcedBytes += record.recordBytes();
  }
}
