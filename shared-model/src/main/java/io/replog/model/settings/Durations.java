package io.replog.model.settings;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as people write them: `250ms`, `5s`, `1.5s`, `2m`, `1h` or a bare `0`.
public final class Durations {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(ms|s|m|h)");

  private Durations() {}

  /// The duration, whole nanoseconds, or empty when `written` is none.
  public static Optional<Duration> parse(String written) {
    Matcher form = FORM.matcher(written.equals("0") ? "0s" : written);
    return form.matches() ? Optional.of(of(form.group(1), form.group(2))) : Optional.empty();
  }

  private static Duration of(String amount, String unit) {
    BigDecimal seconds = new BigDecimal(amount).multiply(secondsIn(unit));
    long whole = seconds.longValue();
    long nanos = seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue();
    return Duration.ofSeconds(whole, nanos);
  }

  private static BigDecimal secondsIn(String unit) {
    return switch (unit) {
      case "ms" -> new BigDecimal("0.001");
      case "s" -> BigDecimal.ONE;
      case "m" -> BigDecimal.valueOf(60);
      default -> BigDecimal.valueOf(3_600);
    };
  }
}
