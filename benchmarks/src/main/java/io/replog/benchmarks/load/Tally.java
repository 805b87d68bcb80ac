package io.replog.benchmarks.load;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/// What came of a load. Times are nanoseconds from the intended start of a request to the end of
/// its answer; those of requests that were not done count too, or a server would look fast by
/// refusing.
public final class Tally {

  private static final long LONGEST_NANOS = Duration.ofHours(1).toNanos();
  private static final int DIGITS = 3;

  private final Histogram nanos = new Histogram(LONGEST_NANOS, DIGITS);
  private final long lengthNanos;
  private long doneInTime;
  private long done;
  private long refused;
  private long failed;

  /// @param length how long requests are started
  public Tally(Duration length) {
    this.lengthNanos = length.toNanos();
  }

  /// Counts one answer.
  ///
  /// @param intendedNanos when its request was meant to start, since the start of the load
  /// @param nowNanos when it was there
  public void count(Answer answer, long intendedNanos, long nowNanos) {
    nanos.recordValue(Math.clamp(nowNanos - intendedNanos, 0, LONGEST_NANOS));
    switch (answer) {
      case DONE -> done(nowNanos);
      case REFUSED -> refused++;
      case FAILED -> failed++;
    }
  }

  private void done(long nowNanos) {
    done++;
    if (nowNanos <= lengthNanos) {
      doneInTime++;
    }
  }

  /// Requests that were done.
  public long done() {
    return done;
  }

  public long refused() {
    return refused;
  }

  /// Requests with a broken, an odd or no answer.
  public long failed() {
    return failed;
  }

  /// Requests done in a second, while requests were started.
  public double perSecond() {
    return doneInTime * 1e9 / lengthNanos;
  }

  /// Milliseconds within which so many percent of all requests were answered; 0 if there were none.
  public double millisAt(double percentile) {
    return nanos.getValueAtPercentile(percentile) / 1e6;
  }

  /// Milliseconds of the slowest.
  public double maxMillis() {
    return nanos.getMaxValue() / 1e6;
  }
}
