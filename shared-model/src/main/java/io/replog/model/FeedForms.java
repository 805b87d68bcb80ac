package io.replog.model;

import io.replog.model.settings.Durations;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a feed as people write it.
final class FeedForms {

  private static final long MOST_MESSAGES = 1_000_000;
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Pattern MESSAGES = Pattern.compile("every\\s+(\\d{1,7})\\s+messages?");
  private static final Pattern PERIOD = Pattern.compile("every\\s+(\\S{1,20})");

  private FeedForms() {}

  static Optional<Feed> parse(String written) {
    if (written.equals("eager")) {
      return Optional.of(new Feed.Eager());
    }
    Matcher messages = MESSAGES.matcher(written);
    return messages.matches()
        ? everyMessages(Long.parseLong(messages.group(1)))
        : everyPeriod(PERIOD.matcher(written));
  }

  private static Optional<Feed> everyMessages(long count) {
    return count < 1 || count > MOST_MESSAGES
        ? Optional.empty()
        : Optional.of(new Feed.EveryMessages(count));
  }

  private static Optional<Feed> everyPeriod(Matcher written) {
    return written.matches()
        ? Durations.parse(written.group(1)).filter(FeedForms::isAllowed).map(Feed.EveryPeriod::new)
        : Optional.empty();
  }

  private static boolean isAllowed(Duration period) {
    return period.compareTo(SHORTEST) >= 0
        && period.compareTo(LONGEST) <= 0
        && period.equals(Duration.ofMillis(period.toMillis()));
  }
}
