package io.replog.node.messages;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Soups of telling words by the thousand for everything that reads what others wrote, seeded:
/// `-Dfuzz.seed=S` repeats a run, `-Dfuzz.seconds=N` makes it as long as you like.
class InputFuzzTest {

  private static final long SEED = Long.getLong("fuzz.seed", 42);
  private static final long SECONDS = Long.getLong("fuzz.seconds", 1);
  private static final int LEAST_ROUNDS = 10_000;
  private static final int MOST_WORDS = 24;

  private static final List<String> ANYTHING =
      List.of(
          "",
          " ",
          "0",
          "1",
          "-1",
          "9223372036854775807",
          "9223372036854775808",
          "1e3",
          "2.5",
          "x",
          "\"",
          "'",
          "\\",
          "\\u0000",
          "\\ud800",
          "\u0000",
          "\u2028",
          "🜁",
          "%00",
          "null",
          "true");
  private static final List<String> JSON =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\"cluster_id\":\"replog\",",
          "\"log_id\":\"l\",",
          "\"epoch\":3,",
          "\"start_id\":\"s\",",
          "\"entries\":[",
          "\"text\":\"m\"",
          "\"previous\":{\"index\":0,\"epoch\":0,\"chain\":\"0000000000000000\"},",
          "{\"epoch\":1,\"timestamp_ms\":1,\"key\":null,\"text\":\"m\"}",
          "\"durable_index\":1,",
          "{\"cluster_id\":\"c\",\"epoch\":1,\"log_id\":\"l\",\"start_id\":\"s\",\"previous\":");
  private static final List<String> QUERY =
      List.of(
          "from=",
          "limit=",
          "min_index=",
          "wait_ms=",
          "read_concern=",
          "majority",
          "view=",
          "full",
          "&",
          "=",
          "\n",
          "*/*",
          "text/event-stream",
          ";q=",
          ",",
          "application/json",
          "60000");
  private static final List<String> SETTINGS =
      List.of(
          "PORT=",
          "MANAGEMENT_PORT=",
          "FOLLOWERS=",
          "follower-1=http://a:1",
          "WRITE_TIMEOUT=",
          "5s",
          "1MB",
          "MAX_MESSAGE_SIZE=",
          "CORS_ORIGINS=",
          "https://a.example",
          "$",
          "${",
          "}",
          ":-",
          "\n",
          "#",
          "export ",
          "CLUSTER_TOKEN=",
          "DATA_DIR=",
          "NODE_NAME=",
          "BIND_ADDRESS=",
          "=",
          "WRITE_CONCERN_DEFAULT=",
          "majority",
          "FSYNC=",
          "always",
          ",",
          "[::1]",
          "http://");

  private static final List<String> TRANSACTIONS =
      List.of(
          "b",
          "b0",
          "b2",
          ", ",
          ",",
          "r(12)",
          "w(49,53)",
          "w(a,",
          "\"x, y\"",
          "\\n",
          "(",
          ")",
          "c",
          ", c",
          "b, w(49,53), c",
          "key-1");
  private static final List<String> MEMBERSHIPS =
      List.of(
          "follower-1 joins",
          "\n",
          " ",
          "follower-1 http://a:1 eager",
          "follower-2 ",
          "http://b:2 ",
          "every 10 messages",
          "eager");

  @Test
  void readsBodiesBetweenNodesOrRefusesThem() {
    fuzz(JSON, InputTargets::json);
  }

  @Test
  void readsQueriesOrRefusesThem() {
    fuzz(QUERY, InputTargets::query);
  }

  @Test
  void readsSettingsOrRefusesThem() {
    fuzz(SETTINGS, InputTargets::settings);
  }

  @Test
  void readsTransactionsOrRefusesThem() {
    fuzz(TRANSACTIONS, InputTargets::transaction);
  }

  @Test
  void readsMembershipsOrRefusesThem() {
    fuzz(MEMBERSHIPS, InputTargets::membership);
  }

  /// The negative control: a reader that forgets the range of a number is found.
  @Test
  void findsReaderThatTrustsNumbers() {
    Consumer<byte[]> careless =
        input -> {
          String text = new String(input, StandardCharsets.UTF_8);
          if (text.startsWith("from=")) {
            Long.parseLong(text.substring("from=".length()).split("&", 2)[0]);
          }
        };

    assertThatThrownBy(() -> fuzz(QUERY, careless)).hasCauseInstanceOf(NumberFormatException.class);
  }

  private static void fuzz(List<String> words, Consumer<byte[]> target) {
    SplittableRandom random = new SplittableRandom(SEED);
    long started = System.nanoTime();
    for (long round = 0;
        round < LEAST_ROUNDS || System.nanoTime() - started < SECONDS * 1_000_000_000L;
        round++) {
      String soup = soup(words, random);
      try {
        target.accept(soup.getBytes(StandardCharsets.UTF_8));
      } catch (RuntimeException | AssertionError broken) {
        throw new AssertionError("seed %d, round %d: %s".formatted(SEED, round, soup), broken);
      }
    }
  }

  private static String soup(List<String> words, SplittableRandom random) {
    StringBuilder soup = new StringBuilder();
    for (int count = random.nextInt(MOST_WORDS); count > 0; count--) {
      List<String> some = random.nextInt(3) == 0 ? ANYTHING : words;
      soup.append(some.get(random.nextInt(some.size())));
    }
    return soup.toString();
  }
}
