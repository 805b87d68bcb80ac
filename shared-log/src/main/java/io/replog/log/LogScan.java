package io.replog.log;

import io.replog.model.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads every segment of a directory from the first to the last record and stops at the first
/// damage. Changes nothing. Memory: one chunk.
final class LogScan {

  /// How far the log goes, and what stands behind it.
  ///
  /// @param segments what can be read
  /// @param end end of the usable log
  /// @param tailOffset where the last good record ends in the last readable segment
  /// @param tornBytes length of the unfinished write behind it
  /// @param damage what is wrong behind it, null when nothing is
  /// @param unusable names of the segments of which nothing can be used
  /// @param firstKeyedIndex first usable entry that has a key, 0 when none has
  record Result(
      Segments segments,
      Position end,
      long tailOffset,
      long tornBytes,
      @Nullable Damage damage,
      List<String> unusable,
      long firstKeyedIndex) {}

  /// @param file name of the damaged segment
  /// @param offset where the damage begins
  record Damage(String file, long offset, String reason) {}

  private final LogFiles files;
  private final LogOptions options;
  private final @Nullable String logId;
  private final long knownDurable;
  private final Segments segments = new Segments();
  private Position end = Position.START;
  private long tailOffset;
  private long firstKeyedIndex;
  private long tornBytes;
  private @Nullable Damage damage;

  /// @param logId the log that the directory is bound to, null when to none
  /// @param knownDurable highest index that the commit file knows to have been durable
  LogScan(LogFiles files, LogOptions options, @Nullable String logId, long knownDurable) {
    this.files = files;
    this.options = options;
    this.logId = logId;
    this.knownDurable = knownDurable;
  }

  /// @throws LogRefusedException if a segment is of another cluster, another log, or newer
  Result run() throws IOException {
    List<String> names = segmentNames(files, options.directory());
    int at = 0;
    while (at < names.size() && damage == null) {
      scan(names.get(at), at == names.size() - 1);
      at++;
    }
    if (names.isEmpty() && knownDurable > 0) {
      damage = new Damage(SegmentHeader.fileName(1), 0, "every segment is missing");
    }
    Segment last = segments.last();
    if (logId != null && last != null && end.index() > 0) {
      requireLog(logId, last.path(), last.header());
    }
    return new Result(
        segments, end, tailOffset, tornBytes, damage, unusable(names, at), firstKeyedIndex);
  }

  static List<String> segmentNames(LogFiles files, Path directory) throws IOException {
    return files.list(directory).stream().filter(name -> name.matches("\\d{20}\\.log")).toList();
  }

  private List<String> unusable(List<String> names, int scanned) {
    Segment last = segments.last();
    boolean lastScannedIsReadable =
        last != null && scanned > 0 && names.get(scanned - 1).equals(nameOf(last));
    return names.subList(lastScannedIsReadable ? scanned : Math.max(0, scanned - 1), names.size());
  }

  private static String nameOf(Segment segment) {
    return segment.path().getFileName().toString();
  }

  private void scan(String name, boolean isLast) throws IOException {
    Path path = options.directory().resolve(name);
    try (LogFile file = files.openToRead(path)) {
      SegmentHeader header = header(file, path);
      if (header != null && continuesLog(name, header)) {
        take(SegmentScan.of(file, path, header), file, isLast);
      }
    }
  }

  private @Nullable SegmentHeader header(LogFile file, Path path) throws IOException {
    var start = WholeFiles.readStart(file, SegmentHeader.BYTES);
    return switch (SegmentHeader.parse(start)) {
      case SegmentHeader.Parsed.Valid(SegmentHeader header) -> ours(path, header);
      case SegmentHeader.Parsed.Newer(int version) ->
          throw new LogRefusedException(
              path + " has format " + version + ", this program knows " + SegmentHeader.VERSION);
      case SegmentHeader.Parsed.Damaged(String reason) -> {
        damage = new Damage(path.getFileName().toString(), 0, reason);
        yield null;
      }
    };
  }

  private SegmentHeader ours(Path path, SegmentHeader header) {
    if (!header.clusterId().equals(options.clusterId())) {
      throw new LogRefusedException(
          "%s is of cluster \"%s\", this node of \"%s\""
              .formatted(path, header.clusterId(), options.clusterId()));
    }
    Segment last = segments.last();
    if (last != null) {
      requireLog(last.header().logId(), path, header);
    }
    return header;
  }

  private static void requireLog(String expected, Path path, SegmentHeader header) {
    if (!expected.equals(header.logId())) {
      throw new LogRefusedException(
          "%s is of log %s, this node holds log %s".formatted(path, header.logId(), expected));
    }
  }

  private boolean continuesLog(String name, SegmentHeader header) {
    boolean named = name.equals(SegmentHeader.fileName(header.firstIndex()));
    if (!named) {
      damage = new Damage(name, 0, "the segment begins at #" + header.firstIndex());
    } else if (!header.previous().equals(end)) {
      damage = new Damage(name, 0, "the segment does not continue the log behind #" + end.index());
    }
    return damage == null;
  }

  private void take(SegmentScan scan, LogFile file, boolean isLast) throws IOException {
    segments.add(scan.segment());
    end = scan.end();
    tailOffset = scan.endOffset();
    firstKeyedIndex = firstKeyedIndex == 0 ? scan.firstKeyedIndex() : firstKeyedIndex;
    TailFacts facts = TailFacts.of(file, tailOffset, end.index());
    String name = nameOf(scan.segment());
    if (isLast) {
      judgeTail(name, scan, facts);
    } else if (!facts.isBlank(tailOffset)) {
      damage = new Damage(name, tailOffset, reason(scan));
    }
  }

  private void judgeTail(String name, SegmentScan scan, TailFacts facts) {
    boolean blank = facts.isBlank(tailOffset);
    switch (TailVerdict.of(end.index(), blank, knownDurable, facts)) {
      case CLEAN -> tornBytes = 0;
      case TORN -> tornBytes = facts.usedEnd() - tailOffset;
      case CORRUPT -> damage = new Damage(name, tailOffset, reason(scan));
    }
  }

  private String reason(SegmentScan scan) {
    return switch (scan.stop()) {
      case Scanned.Bad(_, String reason) -> reason;
      case Scanned.Blank _ -> "the records behind #" + end.index() + " are missing";
      case Scanned.Good _ -> throw new IllegalStateException("a scan never stops at a good record");
    };
  }
}
