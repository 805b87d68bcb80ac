package io.replog.node.settings;

import io.replog.model.settings.Durations;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Named values as text, and the few forms in which they are read. An empty value counts as unset.
public final class Variables {

  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(B|KB|MB|GB)?");
  private static final Map<String, Integer> SHIFT = Map.of("B", 0, "KB", 10, "MB", 20, "GB", 30);

  private final Map<String, String> values;

  public Variables(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  /// A path, absolute from here on.
  public Optional<Path> path(String name) {
    return text(name).map(value -> parsePath(name, value));
  }

  /// A whole number from `least` to `most`.
  public Optional<Integer> number(String name, int least, int most) {
    return text(name).map(value -> parseNumber(name, value, least, most));
  }

  /// A duration such as `5s`, `250ms`, `1.5s`, `2m`, `1h` or a bare `0`.
  public Optional<Duration> duration(String name, Duration least, Duration most) {
    return text(name).map(value -> parseDuration(name, value, least, most));
  }

  /// A size such as `512KB` or `1MB`, in bytes.
  public Optional<Integer> bytes(String name, int least, int most) {
    return text(name).map(value -> (int) parseSize(name, value, least, most));
  }

  /// The same where 2 GB may be too little, such as `500GB`.
  public Optional<Long> size(String name, long least, long most) {
    return text(name).map(value -> parseSize(name, value, least, most));
  }

  public Optional<Boolean> onOff(String name) {
    return text(name).map(value -> choose(name, value, List.of("on", "off")).equals("on"));
  }

  /// One of `allowed`, written in any case.
  public Optional<String> oneOf(String name, List<String> allowed) {
    return text(name).map(value -> choose(name, value, allowed));
  }

  private static Path parsePath(String name, String value) {
    try {
      return Path.of(value).toAbsolutePath().normalize();
    } catch (InvalidPathException unusable) {
      throw new BadSettingException(name, value, "a path");
    }
  }

  private static int parseNumber(String name, String value, int least, int most) {
    if (!value.matches("-?\\d{1,10}")
        || Long.parseLong(value) < least
        || Long.parseLong(value) > most) {
      throw new BadSettingException(
          name, value, "a whole number from %d to %d".formatted(least, most));
    }
    return Integer.parseInt(value);
  }

  private static Duration parseDuration(String name, String value, Duration least, Duration most) {
    return Durations.parse(value)
        .filter(duration -> duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0)
        .orElseThrow(
            () ->
                new BadSettingException(
                    name,
                    value,
                    "a duration such as 5s or 250ms, from %s to %s"
                        .formatted(words(least), words(most))));
  }

  private static long parseSize(String name, String value, long least, long most) {
    Matcher matcher = SIZE.matcher(value.toUpperCase(Locale.ROOT));
    if (matcher.matches()) {
      String unit = matcher.group(2) == null ? "B" : matcher.group(2);
      long size = Long.parseLong(matcher.group(1)) << Objects.requireNonNull(SHIFT.get(unit));
      if (size >= least && size <= most) {
        return size;
      }
    }
    throw new BadSettingException(
        name, value, "a size such as 512KB or 1MB, from %dB to %dB".formatted(least, most));
  }

  private static String choose(String name, String value, List<String> allowed) {
    String lower = value.toLowerCase(Locale.ROOT);
    if (!allowed.contains(lower)) {
      throw new BadSettingException(name, value, "one of " + String.join(", ", allowed));
    }
    return lower;
  }

  private static String words(Duration duration) {
    return duration.toMillis() % 1_000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }
}
