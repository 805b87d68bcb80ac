package io.replog.master.trace;

import java.time.Instant;
import java.time.InstantSource;

/// Says what the wall clock showed at a moment of the monotonic clock, as seen from now.
///
/// @param now of the wall clock
/// @param nowNanos the same moment on the clock of [System#nanoTime]
record WallClock(Instant now, long nowNanos) {

  static WallClock read(InstantSource source) {
    return new WallClock(source.instant(), System.nanoTime());
  }

  Instant at(long nanos) {
    return now.plusNanos(nanos - nowNanos);
  }
}
