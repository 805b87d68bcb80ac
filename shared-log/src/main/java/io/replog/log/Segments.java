package io.replog.log;

import io.replog.model.Position;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// The segments of the usable log by their first index, and where it begins. Changed by the
/// recovery and the log writer, read by anybody.
final class Segments {

  private final ConcurrentSkipListMap<Long, Segment> byFirstIndex = new ConcurrentSkipListMap<>();

  /// The entry before the first one kept; never falls.
  private volatile Position base;

  Segments(Position base) {
    this.base = base;
  }

  Position base() {
    return base;
  }

  boolean isReleased(long index) {
    return index <= base.index();
  }

  EntryReleasedException released(long index) {
    return new EntryReleasedException(index, base.index() + 1);
  }

  /// Begins behind `newBase`.
  ///
  /// @return the segments that are not part of the log any more, oldest first
  List<Segment> beginBehind(Position newBase) {
    base = newBase;
    Map<Long, Segment> before = byFirstIndex.headMap(newBase.index(), true);
    List<Segment> released = List.copyOf(before.values());
    before.clear();
    return released;
  }

  /// The entry before the last segment that begins no further than right behind `index`, or the
  /// base.
  Position boundary(long index) {
    Map.Entry<Long, Segment> floor = byFirstIndex.floorEntry(index + 1);
    return floor == null || isReleased(floor.getKey() - 1) ? base : floor.getValue().previous();
  }

  /// All of them, oldest first.
  List<Segment> all() {
    return List.copyOf(byFirstIndex.values());
  }

  void add(Segment segment) {
    byFirstIndex.put(segment.firstIndex(), segment);
  }

  @Nullable Segment last() {
    Map.Entry<Long, Segment> last = byFirstIndex.lastEntry();
    return last == null ? null : last.getValue();
  }

  /// The segment that holds `index`, if the log does.
  ///
  /// @throws EntryReleasedException if it did
  Segment holding(long index) {
    if (isReleased(index)) {
      throw released(index);
    }
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
