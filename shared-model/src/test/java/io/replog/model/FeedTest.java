package io.replog.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedTest {

  @ParameterizedTest
  @CsvSource({
    "eager, eager",
    "every 10 messages, every 10 messages",
    "every 1 message, every 1 message",
    "every 1000000 messages, every 1000000 messages",
    "' every  10   messages ', every 10 messages",
    "every 10s, every 10s",
    "every 250ms, every 250ms",
    "every 1.5s, every 1500ms",
    "every 2m, every 120s",
    "every 24h, every 86400s"
  })
  void readsWhatPeopleWriteAndWritesItInOneWay(String written, String words) {
    Feed feed = Feed.parse(written).orElseThrow();

    assertThat(feed.words()).isEqualTo(words);
    assertThat(Feed.parse(words)).hasValue(feed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Eager",
        "lazy",
        "every",
        "every 0 messages",
        "every 1000001 messages",
        "every -1 messages",
        "every 99999999 messages",
        "every 10",
        "every 99ms",
        "every 100.5ms",
        "every 25h",
        "every 10s or so"
      })
  void refusesEverythingElse(String written) {
    assertThat(Feed.parse(written)).isEmpty();
  }
}
