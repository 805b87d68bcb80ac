package io.replog.model;

import java.time.Duration;
import java.util.Optional;

/// How a follower gets its entries, as it is written in settings and between nodes: `eager`, `every
/// 10 messages`, `every 10s`.
public sealed interface Feed {

  /// In words, what may be written.
  String FORMS =
      "eager, every N messages (1 to 1000000), or every T, a duration such as 10s (100ms to 24h)";

  /// The master sends, as soon as it can, and the follower counts for write concerns.
  record Eager() implements Feed {
    @Override
    public String words() {
      return "eager";
    }
  }

  /// It pulls, and shows multiples of `count` messages.
  ///
  /// @param count 1 to 1,000,000
  record EveryMessages(long count) implements Feed {
    @Override
    public String words() {
      return count == 1 ? "every 1 message" : "every " + count + " messages";
    }
  }

  /// It pulls, and shows what was there at the last multiple of `period` on the wall clock.
  ///
  /// @param period whole milliseconds, 100 ms to 24 hours
  record EveryPeriod(Duration period) implements Feed {
    @Override
    public String words() {
      long millis = period.toMillis();
      return millis % 1_000 == 0 ? "every " + millis / 1_000 + "s" : "every " + millis + "ms";
    }
  }

  /// The one way in which it is written; [#parse] reads it.
  String words();

  /// The feed that is meant, or empty when `written` is none.
  static Optional<Feed> parse(String written) {
    return FeedForms.parse(written.strip());
  }
}
