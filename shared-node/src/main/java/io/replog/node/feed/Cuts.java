package io.replog.node.feed;

import io.replog.model.Feed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// Cuts the log of this node into the versions that a feed may see. Every node that is fed here in
/// the same way is given the same versions, whenever it asks.
///
/// `every N messages` sees multiples of N: the same on all nodes of a cluster. `every T` sees what
/// this node showed at the last multiple of T on its wall clock, or when somebody first asked after
/// it; that is remembered in memory, for 64 different periods.
final class Cuts {

  private static final int MAX_PERIODS = 64;

  private final LongSupplier commitIndex;
  private final InstantSource clock;

  /// The last version of each period, the one asked for longest ago first.
  private final Map<Long, Taken> taken = new LinkedHashMap<>(16, 0.75f, true);

  /// @param number how many periods are over since 1970
  private record Taken(long number, long version) {}

  /// @param commitIndex the newest version of this node itself; never falls
  Cuts(LongSupplier commitIndex, InstantSource clock) {
    this.commitIndex = commitIndex;
    this.clock = clock;
  }

  /// Last index of the newest version that `feed` may see.
  long version(Feed feed) {
    long newest = commitIndex.getAsLong();
    return switch (feed) {
      case Feed.Eager _ -> newest;
      case Feed.EveryMessages(long count) -> newest - newest % count;
      case Feed.EveryPeriod(Duration period) -> atBoundary(period.toMillis(), newest);
    };
  }

  /// The next index behind `index` at which a version of `feed` ends, if that is known before.
  static long nextCut(Feed feed, long index) {
    return switch (feed) {
      case Feed.Eager _ -> index + 1;
      case Feed.EveryMessages(long count) -> (index / count + 1) * count;
      case Feed.EveryPeriod _ -> Long.MAX_VALUE;
    };
  }

  /// How long it takes until `feed` may see another version because time passes.
  Duration untilBoundary(Feed feed) {
    return switch (feed) {
      case Feed.EveryPeriod(Duration period) -> {
        long millis = period.toMillis();
        yield Duration.ofMillis(millis - Math.floorMod(clock.millis(), millis));
      }
      case Feed.Eager _, Feed.EveryMessages _ -> Duration.ofDays(1);
    };
  }

  /// A clock that was set back makes a new version, too: nobody waits until it has caught up.
  private synchronized long atBoundary(long periodMillis, long newest) {
    long number = Math.floorDiv(clock.millis(), periodMillis);
    Taken last = taken.get(periodMillis);
    if (last == null || last.number() != number) {
      last = new Taken(number, newest);
      taken.put(periodMillis, last);
      forgetBeyondBound();
    }
    return last.version();
  }

  private void forgetBeyondBound() {
    if (taken.size() > MAX_PERIODS) {
      var oldest = taken.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }
}
