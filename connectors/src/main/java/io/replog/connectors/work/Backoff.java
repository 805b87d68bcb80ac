package io.replog.connectors.work;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait after failures: twice as long after each, up to a limit, and of that any part
/// by chance, so that those who failed together do not come back together.
///
/// @param first upper bound after the first failure
/// @param longest upper bound after any number of them
/// @param chance chooses the part
public record Backoff(Duration first, Duration longest, RandomGenerator chance) {

  private static final int MAX_DOUBLINGS = 30;

  /// @param failures in a row, at least 1
  Duration after(int failures) {
    long bound =
        Math.min(longest.toMillis(), first.toMillis() << Math.min(failures - 1, MAX_DOUBLINGS));
    return Duration.ofMillis(chance.nextLong(bound + 1));
  }
}
