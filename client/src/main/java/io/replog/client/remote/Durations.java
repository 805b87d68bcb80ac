package io.replog.client.remote;

import io.replog.client.Failure;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as people write them in options: `250ms`, `5s`, `2m`, `1h`.
final class Durations {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

  private Durations() {}

  /// @throws Failure naming the option, when it is no duration or not from 1 ms to `maxMillis`
  static Duration parse(String option, String written, long maxMillis) {
    Matcher form = FORM.matcher(written);
    Duration duration = form.matches() ? of(form.group(1), form.group(2)) : Duration.ZERO;
    if (duration.toMillis() < 1 || duration.toMillis() > maxMillis) {
      throw Failure.usage(
          "%s %s cannot be used; allowed: a duration such as 250ms or 5s, up to %dh"
              .formatted(option, written, Duration.ofMillis(maxMillis).toHours()));
    }
    return duration;
  }

  private static Duration of(String number, String unit) {
    long amount = Long.parseLong(number);
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }
}
