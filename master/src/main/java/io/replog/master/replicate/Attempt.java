package io.replog.master.replicate;

import io.replog.model.BatchTimes;
import org.jspecify.annotations.Nullable;

/// One sending of a batch, from its leaving to its end. Moments are on the clock of
/// [System#nanoTime].
///
/// @param fromIndex first entry of the batch
/// @param toIndex last entry of the batch, one less than `fromIndex` where it has none: a probe,
///   which asks a follower that has failed whether it takes something again
/// @param sentNanos when it left
/// @param traceparent what was sent along, null when nothing was
/// @param end null while it is under way
public record Attempt(
    long fromIndex, long toIndex, long sentNanos, @Nullable String traceparent, @Nullable End end) {

  /// How it ended.
  ///
  /// @param error why it was not acknowledged, null when it was
  /// @param times how long it took there, null when that was not told
  public record End(long nanos, @Nullable String error, @Nullable BatchTimes times) {}

  /// Whether it carried no entries.
  public boolean isProbe() {
    return toIndex < fromIndex;
  }

  /// Whether it carried `index`.
  public boolean carries(long index) {
    return fromIndex <= index && index <= toIndex;
  }

  /// The same with its end.
  public Attempt endedBy(End how) {
    return new Attempt(fromIndex, toIndex, sentNanos, traceparent, how);
  }
}
