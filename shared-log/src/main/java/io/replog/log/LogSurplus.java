package io.replog.log;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds what a log holds beyond its retention. Remembers what it has read of each segment, some
/// 200 bytes each. For one thread at a time.
final class LogSurplus {

  private final LogFiles files;
  private final Segments segments;

  /// Size of each sealed segment by its first index, bytes.
  private final Map<Long, Long> sizes = new HashMap<>();

  /// When the first entry of each segment that has one was appended, by its first index,
  /// milliseconds since 1970.
  private final Map<Long, Long> timestamps = new HashMap<>();

  LogSurplus(LogFiles files, Segments segments) {
    this.files = files;
    this.segments = segments;
  }

  /// Highest index that `retention` does not ask for, always the last one of a sealed segment or
  /// what was released before.
  ///
  /// @param nowMillis wall clock, milliseconds since 1970
  long lastIndex(Retention retention, long nowMillis) throws IOException {
    List<Segment> present = segments.all();
    long released = segments.base().index();
    sizes.keySet().removeIf(firstIndex -> firstIndex <= released);
    timestamps.keySet().removeIf(firstIndex -> firstIndex <= released);
    long bySize = retention.bytes() == null ? released : bySize(present, retention.bytes());
    long byAge = retention.age() == null ? released : byAge(present, retention.age(), nowMillis);
    return Math.max(released, Math.max(bySize, byAge));
  }

  private long bySize(List<Segment> present, long wantedBytes) throws IOException {
    long bytes = 0;
    for (Segment segment : present.reversed()) {
      bytes += size(segment, segment.equals(present.getLast()));
      if (bytes >= wantedBytes) {
        return segment.firstIndex() - 1;
      }
    }
    return 0;
  }

  private long size(Segment segment, boolean grows) throws IOException {
    Long known = sizes.get(segment.firstIndex());
    if (known != null) {
      return known;
    }
    try (LogFile file = files.openToRead(segment.path())) {
      long size = file.size();
      if (!grows) {
        sizes.put(segment.firstIndex(), size);
      }
      return size;
    }
  }

  /// Timestamps never fall along a log, so a segment is older than the first entry behind it.
  private long byAge(List<Segment> present, Duration age, long nowMillis) throws IOException {
    long surplus = 0;
    for (Segment segment : present.subList(Math.min(1, present.size()), present.size())) {
      Long timestamp = firstTimestampMillis(segment);
      if (timestamp == null || timestamp >= nowMillis - age.toMillis()) {
        break;
      }
      surplus = segment.firstIndex() - 1;
    }
    return surplus;
  }

  private @Nullable Long firstTimestampMillis(Segment segment) throws IOException {
    Long known = timestamps.get(segment.firstIndex());
    if (known != null) {
      return known;
    }
    try (LogFile file = files.openToRead(segment.path())) {
      Scanned first = new RecordReader(file, SegmentHeader.BYTES, null).next();
      if (first instanceof Scanned.Good(var entry, _, _)) {
        timestamps.put(segment.firstIndex(), entry.timestampMillis());
        return entry.timestampMillis();
      }
      return null;
    }
  }
}
