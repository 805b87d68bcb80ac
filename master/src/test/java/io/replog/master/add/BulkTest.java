package io.replog.master.add;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.replog.master.kit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.master.kit.OpenBody;
import io.replog.master.kit.TestClient;
import io.replog.master.kit.TestFollower;
import io.replog.master.kit.TestMaster;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Every end that a bulk add can come to, against a real master.
class BulkTest {

  private static TestFollower first;
  private static TestFollower second;
  private static TestMaster master;
  private static TestClient client;

  @BeforeAll
  static void start(@TempDir Path data) {
    first = new TestFollower("follower-1");
    second = new TestFollower("follower-2");
    master =
        TestMaster.start(
            data.resolve("master"),
            List.of(first, second),
            "MAX_BLOCKED_WRITES",
            "2",
            "MAX_MESSAGE_SIZE",
            "1000",
            "MAX_BULK_SIZE",
            "100KB");
    client = new TestClient(master);
  }

  @AfterAll
  static void stop() {
    client.close();
    master.close();
    first.close();
    second.close();
  }

  @AfterEach
  void heal() {
    first.heal();
    second.heal();
    await().until(() -> client.data("/health").get("blocked_writes").intValue() == 0);
  }

  private static HttpResponse<String> bulk(String query, String body, String... headers) {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 0, headers.length);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "application/x-ndjson";
    return client.post("/add" + query, body, all);
  }

  private static JsonNode data(HttpResponse<String> answer) {
    return client.json(answer).get("data");
  }

  private static long lastIndex() {
    return client.data("/health").get("last_index").longValue();
  }

  private static String lines(String... texts) {
    return List.of(texts).stream()
        .map(text -> "{\"data\":\"" + text + "\"}\n")
        .collect(Collectors.joining());
  }

  private static List<String> textsFrom(long index) {
    return client
        .data("/messages?from=" + index)
        .valueStream()
        .map(each -> each.get("text").stringValue())
        .toList();
  }

  private static void stopAcknowledging(TestFollower follower) {
    follower.answerBatches(aResponse().withStatus(500));
  }

  @Test
  void appendsEveryLineInOrderAndSaysWhere() {
    long before = lastIndex();

    HttpResponse<String> answer = bulk("?write_concern=3", lines("a", "b", "c"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"status_code\":200,\"message\":\"Messages added successfully\",\"data\":{\"first_index\":%d,\"last_index\":%d,\"count\":3,\"replayed\":0,\"epoch\":1,\"acks\":3,\"write_concern\":3}}"
                .formatted(before + 1, before + 3));
    assertThat(answer.headers().firstValue("Log-Index")).contains("" + (before + 3));
    assertThat(answer.headers().firstValue("Replication-Acks")).contains("3");
    assertThat(textsFrom(before + 1)).containsExactly("a", "b", "c");
    assertThat(first.model().texts()).endsWith("a", "b", "c");
  }

  @Test
  void appendsMoreThanOneChunkAndMoreThanOneBatch() {
    long before = lastIndex();
    List<String> texts = IntStream.range(0, 3_000).mapToObj(n -> "n" + n).toList();

    HttpResponse<String> answer = bulk("?write_concern=2", lines(texts.toArray(String[]::new)));

    assertThat(data(answer).get("count").intValue()).isEqualTo(3_000);
    assertThat(data(answer).get("last_index").longValue()).isEqualTo(before + 3_000);
    assertThat(textsFrom(before + 1)).isEqualTo(texts);
  }

  @Test
  void readsWhatASingleAddReadsAndSkipsBlankLines() {
    long before = lastIndex();

    HttpResponse<String> answer =
        bulk(
            "",
            "\n"
                + " {\"other\":[1], \"data\" : \"\\u00e9\\n"
                + "\"}\r\n\r\n"
                + "{\"data\":\"\"}\n"
                + "{\"data\":\"🜁\"}");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(textsFrom(before + 1)).containsExactly("é\n", "", "🜁");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"data":5}                            | 400 | data must be a string
          {"data":"x","key":5}                  | 400 | key must be a string
          {"data":"x","write_concern":2}        | 400 | stand in the query
          {"data":"x","data":"y"}               | 400 | must be one JSON object
          {"data":"x"}{"data":"y"}              | 400 | must be one JSON object
          ["x"]                                 | 400 | must be a JSON object
          {"data":"\\ud800"}                    | 400 | surrogate
          """)
  void appendsNothingWhenTheFirstLineIsBad(String line, int status, String why) {
    long before = lastIndex();

    HttpResponse<String> answer = bulk("", line + "\n" + lines("never"));

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(data(answer).get("reason").stringValue()).isEqualTo("BAD_LINE");
    assertThat(data(answer).get("line").intValue()).isEqualTo(1);
    assertThat(client.json(answer).get("message").stringValue()).contains("line 1", why);
    assertThat(lastIndex()).isEqualTo(before);
  }

  @Test
  void keepsWhatCameBeforeABadLineAndNeverPromisesThatNothingWasAppended() {
    long before = lastIndex();

    HttpResponse<String> answer = bulk("?write_concern=2", lines("a", "b") + "{}\n" + lines("c"));

    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(client.json(answer).get("type").stringValue()).isEqualTo("/problems/incomplete");
    JsonNode data = data(answer);
    assertThat(data.get("reason").stringValue()).isEqualTo("BAD_LINE");
    assertThat(data.get("line").intValue()).isEqualTo(3);
    assertThat(data.get("count").intValue()).isEqualTo(2);
    assertThat(data.get("first_index").longValue()).isEqualTo(before + 1);
    assertThat(data.get("last_index").longValue()).isEqualTo(before + 2);
    assertThat(data.get("acks").intValue()).isGreaterThanOrEqualTo(2);
    assertThat(textsFrom(before + 1)).containsExactly("a", "b");
  }

  @Test
  void refusesATextAboveItsLimit() {
    long before = lastIndex();

    HttpResponse<String> answer = bulk("", lines("x".repeat(1_001)));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(lastIndex()).isEqualTo(before);
  }

  @Test
  void refusesALineThatWillNotEnd() {
    HttpResponse<String> answer = bulk("", " ".repeat(80_000));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(data(answer).get("line").intValue()).isEqualTo(1);
  }

  @Test
  void refusesABodyWhoseLengthIsAboveTheLimit() {
    long before = lastIndex();

    HttpResponse<String> answer = bulk("", lines("x".repeat(900)).repeat(200));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(lastIndex()).isEqualTo(before);
  }

  @Test
  void stopsWhereABodyOfUnknownLengthGoesAboveTheLimit() throws Exception {
    long before = lastIndex();
    String line = lines("x".repeat(900));
    try (OpenBody body = OpenBody.begin(master.uri(), 1)) {
      for (int number = 0; number < 200; number++) {
        body.send(line);
      }
      body.end();

      assertThat(body.answer()).startsWith("HTTP/1.1 504").contains("TOO_LARGE", "\"count\":");
    }
    assertThat(lastIndex()).isBetween(before + 50, before + 150);
  }

  @Test
  void refusesABodyWithoutAMessage() {
    assertThat(bulk("", "\n\n").statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "write_concern=0",
    "write_concern=4",
    "write_concern=2.0",
    "write_concern=x",
    "write_concern=",
    "timeout_ms=0",
    "timeout_ms=1.5",
    "write_concern=1&write_concern=2"
  })
  void refusesAQueryThatASingleAddWouldNotTake(String query) {
    long before = lastIndex();

    assertThat(bulk("?" + query, lines("never")).statusCode()).isEqualTo(400);
    assertThat(lastIndex()).isEqualTo(before);
  }

  @Test
  void refusesAKeyInTheHeader() {
    assertThat(bulk("", lines("never"), "Idempotency-Key", "k").statusCode()).isEqualTo(400);
  }

  @Test
  void repeatsWhatHasAKeyAndCountsIt() {
    String body = "{\"data\":\"a\",\"key\":\"bulk-1\"}\n{\"data\":\"b\",\"key\":\"bulk-2\"}\n";
    JsonNode once = data(bulk("?write_concern=2", body));

    JsonNode twice = data(bulk("?write_concern=3", body + lines("c")));

    assertThat(twice.get("count").intValue()).isEqualTo(3);
    assertThat(twice.get("replayed").intValue()).isEqualTo(2);
    assertThat(twice.get("first_index").longValue()).isEqualTo(once.get("first_index").longValue());
    assertThat(twice.get("last_index").longValue())
        .isEqualTo(once.get("last_index").longValue() + 1);
    assertThat(twice.get("acks").intValue()).isEqualTo(3);
  }

  @Test
  void takesOneOfTwoLinesWithTheSameKeyAndText() {
    long before = lastIndex();
    String line = "{\"data\":\"same\",\"key\":\"bulk-same\"}\n";

    JsonNode data = data(bulk("", line + line));

    assertThat(data.get("count").intValue()).isEqualTo(2);
    assertThat(data.get("replayed").intValue()).isEqualTo(1);
    assertThat(lastIndex()).isEqualTo(before + 1);
  }

  @Test
  void stopsAtAKeyThatStandsForAnotherText() {
    String first = "{\"data\":\"a\",\"key\":\"bulk-other\"}\n";
    String other = "{\"data\":\"b\",\"key\":\"bulk-other\"}\n";

    HttpResponse<String> later = bulk("", first + other + lines("never"));
    HttpResponse<String> atOnce = bulk("", other + lines("never"));

    assertThat(later.statusCode()).isEqualTo(504);
    assertThat(data(later).get("reason").stringValue()).isEqualTo("KEY_REUSED");
    assertThat(data(later).get("line").intValue()).isEqualTo(2);
    assertThat(atOnce.statusCode()).isEqualTo(422);
    assertThat(data(atOnce).get("line").intValue()).isEqualTo(1);
  }

  @Test
  void saysHowFarItCameWhenTheTimeIsOver() {
    stopAcknowledging(second);

    HttpResponse<String> answer = bulk("?write_concern=3&timeout_ms=3000", lines("a", "b"));

    assertThat(answer.statusCode()).isEqualTo(504);
    JsonNode data = data(answer);
    assertThat(data.get("reason").stringValue()).isEqualTo("PENDING");
    assertThat(data.get("count").intValue()).isEqualTo(2);
    assertThat(data.get("acks").intValue()).isEqualTo(2);
    assertThat(data.has("line")).isFalse();
  }

  @Test
  void countsAsOneBlockedCallAndIsRefusedBeforeTheFirstLineWhenAllPlacesAreTaken() {
    stopAcknowledging(second);
    long before = lastIndex();
    List<CompletableFuture<HttpResponse<String>>> blocked =
        IntStream.range(0, 2)
            .mapToObj(
                n ->
                    CompletableFuture.supplyAsync(
                        () -> bulk("?write_concern=3&timeout_ms=20000", lines("a", "b"))))
            .toList();
    await().until(() -> lastIndex() == before + 4);

    HttpResponse<String> refused = bulk("?write_concern=3", lines("never"));
    HttpResponse<String> alone = bulk("?write_concern=1", lines("taken"));

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(data(refused).get("reason").stringValue()).isEqualTo("TOO_MANY_BLOCKED");
    assertThat(alone.statusCode()).isEqualTo(200);
    second.heal();
    assertThat(blocked).allSatisfy(each -> assertThat(each.join().statusCode()).isEqualTo(200));
    assertThat(lastIndex()).isEqualTo(before + 5);
  }

  @Test
  void letsLinesInAsTheyCome() throws Exception {
    long before = lastIndex();
    String line = lines("slow");
    try (OpenBody body = OpenBody.begin(master.uri(), 2)) {
      body.send(line);
      await().until(() -> lastIndex() == before + 1);

      body.send(line);
      await().until(() -> lastIndex() == before + 2);

      body.end();
      assertThat(body.answer()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void keepsWhatCameBeforeTheClientHungUp() throws Exception {
    long before = lastIndex();
    try (OpenBody body = OpenBody.begin(master.uri(), 2)) {
      body.send(lines("a", "b") + "{\"data\":\"half");
      await().until(() -> lastIndex() >= before + 1);
    }

    await().until(() -> lastIndex() == before + 2);
    assertThat(bulk("", lines("after")).statusCode()).isEqualTo(200);
    assertThat(textsFrom(before + 1)).containsExactly("a", "b", "after");
  }
}
