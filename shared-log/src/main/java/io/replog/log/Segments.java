package io.replog.log;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// The segments of the usable log by their first index. Changed by the recovery and the log writer,
/// read by anybody.
final class Segments {

  private final ConcurrentSkipListMap<Long, Segment> byFirstIndex = new ConcurrentSkipListMap<>();

  void add(Segment segment) {
    byFirstIndex.put(segment.firstIndex(), segment);
  }

  @Nullable Segment last() {
    Map.Entry<Long, Segment> last = byFirstIndex.lastEntry();
    return last == null ? null : last.getValue();
  }

  /// The segment that holds `index`, if the log does.
  Segment holding(long index) {
    Map.Entry<Long, Segment> floor = byFirstIndex.floorEntry(index);
    if (floor == null) {
      throw new IndexOutOfBoundsException("no segment holds #" + index);
    }
    return floor.getValue();
  }

  /// First index of the segment behind that one, or [Long#MAX_VALUE].
  long firstIndexBehind(Segment segment) {
    Long next = byFirstIndex.higherKey(segment.firstIndex());
    return next == null ? Long.MAX_VALUE : next;
  }
}
