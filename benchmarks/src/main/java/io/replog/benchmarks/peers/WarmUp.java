package io.replog.benchmarks.peers;

import java.io.IOException;
import java.time.Duration;

/// Load until it gets no faster: what compiles itself while it runs does so for minutes, and what
/// does not is done soon.
///
/// @param atMost rounded up to whole slices
record WarmUp(Duration atMost) {

  private static final Duration SLICE = Duration.ofSeconds(5);

  /// Slices in a row without a gain.
  private static final int PATIENCE = 6;

  /// What counts as a gain.
  private static final double FASTER = 1.03;

  /// A load of this length.
  @FunctionalInterface
  interface Load {

    /// @return requests a second
    double run(Duration length) throws IOException;
  }

  /// @return how long it was loaded
  Duration run(Load load) throws IOException {
    double best = 0;
    int withoutGain = 0;
    Duration length = Duration.ZERO;
    while (withoutGain < PATIENCE && length.compareTo(atMost) < 0) {
      double rate = load.run(SLICE);
      length = length.plus(SLICE);
      withoutGain = rate > best * FASTER ? 0 : withoutGain + 1;
      best = Math.max(best, rate);
    }
    return length;
  }
}
