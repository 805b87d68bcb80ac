package io.replog.client.remote;

import io.replog.client.Failure;
import io.replog.model.settings.Durations;
import java.time.Duration;

/// A duration of the command line, written as in the settings.
final class DurationOption {

  private DurationOption() {}

  /// @throws Failure naming the option, when it is no duration or not from 1 ms to `maxMillis`
  static Duration parse(String option, String written, long maxMillis) {
    return Durations.parse(written)
        .filter(duration -> duration.toMillis() >= 1)
        .filter(duration -> duration.compareTo(Duration.ofMillis(maxMillis)) <= 0)
        .orElseThrow(
            () ->
                Failure.usage(
                    "%s %s cannot be used; allowed: a duration such as 250ms or 5s, up to %dh"
                        .formatted(option, written, Duration.ofMillis(maxMillis).toHours())));
  }
}
