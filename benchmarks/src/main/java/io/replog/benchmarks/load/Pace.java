package io.replog.benchmarks.load;

import java.util.concurrent.TimeUnit;

/// When requests are meant to start.
public sealed interface Pace {

  /// Nanoseconds from the start of the load to when request `number` is meant to start.
  ///
  /// @param number from 0
  /// @param nowNanos nanoseconds since the start of the load
  long intendedNanos(long number, long nowNanos);

  /// Closed loop: each connection sends as soon as its last answer is there. A server that stalls
  /// is asked less, so the percentiles say nothing about what callers of their own rhythm would
  /// have waited.
  record AsFastAsAnswered() implements Pace {
    @Override
    public long intendedNanos(long number, long nowNanos) {
      return nowNanos;
    }
  }

  /// Open loop: so many a second, whatever the server does. A request that finds no connection free
  /// waits for one, and that counts.
  ///
  /// @param perSecond more than 0
  record Fixed(double perSecond) implements Pace {
    public Fixed {
      if (!(perSecond > 0)) {
        throw new IllegalArgumentException("a rate is more than 0");
      }
    }

    @Override
    public long intendedNanos(long number, long nowNanos) {
      return (long) (number * TimeUnit.SECONDS.toNanos(1) / perSecond);
    }
  }
}
