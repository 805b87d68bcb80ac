package io.replog.master.add;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.replog.master.kit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.master.kit.TestClient;
import io.replog.master.kit.TestFollower;
import io.replog.master.kit.TestMaster;
import io.replog.node.problem.Refusal;
import io.replog.replication.master.AddOutcome;
import io.replog.replication.master.AddOutcome.AddRefusal;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.JsonNode;

class AddTest {

  private static final String ADDED =
      "{\"status_code\":200,\"message\":\"Message added successfully\",\"data\":null}";
  private static final int MAX_BLOCKED = 20;

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
            "" + MAX_BLOCKED,
            "MAX_MESSAGE_SIZE",
            "1000");
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

  private static long lastIndex() {
    return client.data("/health").get("last_index").longValue();
  }

  private static int blocked() {
    return client.data("/health").get("blocked_writes").intValue();
  }

  private static void stopAcknowledging(TestFollower follower) {
    follower.answerBatches(aResponse().withStatus(500));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "3", "\"majority\"", "\"all\""})
  void answersWithExactlyTheBytesOfTheContract(String concern) {
    HttpResponse<String> answer =
        client.add("{\"data\":\"exact\",\"write_concern\":%s}".formatted(concern));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(ADDED);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
  }

  @Test
  void tellsInHeadersWhereTheMessageIsAndWhoHoldsIt() {
    HttpResponse<String> answer = client.add("{\"data\":\"m\",\"write_concern\":3}");

    String index = "" + lastIndex();
    assertThat(answer.headers().firstValue("Log-Index")).contains(index);
    assertThat(answer.headers().firstValue("Location")).contains("/messages/" + index);
    assertThat(answer.headers().firstValue("Log-Epoch")).contains("1");
    assertThat(answer.headers().firstValue("Replication-Acks")).contains("3");
    assertThat(answer.headers().firstValue("Idempotent-Replay")).isEmpty();
  }

  @Test
  void countsOnlyWhoHoldsTheMessage() {
    stopAcknowledging(second);

    HttpResponse<String> answer = client.add("{\"data\":\"m\",\"write_concern\":2}");

    assertThat(answer.headers().firstValue("Replication-Acks")).contains("2");
    assertThat(first.model().texts()).endsWith("m");
  }

  @Test
  void saysHowFarItCameWhenTheTimeIsOver() {
    stopAcknowledging(second);

    HttpResponse<String> answer =
        client.add("{\"data\":\"late\",\"write_concern\":3,\"timeout_ms\":3000}");

    long index = lastIndex();
    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(answer.body())
        .endsWith(
            ("\"data\":{\"index\":%d,\"epoch\":1,\"acks\":2,\"write_concern\":3,"
                    + "\"reason\":\"PENDING\"}}")
                .formatted(index));
    assertThat(client.json(answer).get("message").stringValue())
        .contains("stays in the log")
        .contains("GET /messages/%d?wait_acks=3&wait_ms=5000".formatted(index));
  }

  @Test
  void letsTheCallerWaitOnForAStrongerConcern() {
    stopAcknowledging(second);
    client.add("{\"data\":\"stronger\",\"write_concern\":2}");
    long index = lastIndex();

    JsonNode before = client.data("/messages/%d?wait_acks=3&wait_ms=50".formatted(index));
    second.heal();
    JsonNode after = client.data("/messages/%d?wait_acks=3&wait_ms=20000".formatted(index));

    assertThat(before.get("acks").intValue()).isEqualTo(2);
    assertThat(after.get("acks").intValue()).isEqualTo(3);
  }

  @Test
  void letsABlockedCallDelayNobody() {
    stopAcknowledging(second);
    List<CompletableFuture<HttpResponse<String>>> blocked =
        IntStream.range(0, MAX_BLOCKED)
            .mapToObj(_ -> client.addLater("{\"data\":\"blocked\",\"write_concern\":3}"))
            .toList();
    await().until(() -> blocked() == MAX_BLOCKED);

    HttpResponse<String> alone = client.add("{\"data\":\"alone\",\"write_concern\":1}");

    assertThat(alone.statusCode()).isEqualTo(200);
    assertThat(blocked).noneMatch(CompletableFuture::isDone);
    second.heal();
    assertThat(blocked).allMatch(call -> call.join().body().equals(ADDED));
  }

  @Test
  void refusesOnlyCallsForFollowersWhenTooManyAreBlocked() {
    stopAcknowledging(second);
    List<CompletableFuture<HttpResponse<String>>> blocked =
        IntStream.range(0, MAX_BLOCKED)
            .mapToObj(_ -> client.addLater("{\"data\":\"blocked\",\"write_concern\":3}"))
            .toList();
    await().until(() -> blocked() == MAX_BLOCKED);
    long before = lastIndex();

    HttpResponse<String> refused = client.add("{\"data\":\"refused\",\"write_concern\":2}");
    HttpResponse<String> alone = client.add("{\"data\":\"alone\"}");

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(client.json(refused).get("data").get("reason").stringValue())
        .isEqualTo("TOO_MANY_BLOCKED");
    assertThat(alone.statusCode()).isEqualTo(200);
    assertThat(lastIndex()).isEqualTo(before + 1);
    second.heal();
    blocked.forEach(CompletableFuture::join);
  }

  @Test
  void answersARepeatedKeyForTheSameIndex() {
    HttpResponse<String> once =
        client.add("{\"data\":\"keyed\",\"write_concern\":1}", "Idempotency-Key", "k-1");
    HttpResponse<String> again =
        client.add("{\"data\":\"keyed\",\"write_concern\":3}", "Idempotency-Key", "k-1");

    assertThat(again.body()).isEqualTo(ADDED);
    assertThat(again.headers().firstValue("Log-Index"))
        .isEqualTo(once.headers().firstValue("Log-Index"));
    assertThat(again.headers().firstValue("Replication-Acks")).contains("3");
    assertThat(once.headers().firstValue("Idempotent-Replay")).isEmpty();
    assertThat(again.headers().firstValue("Idempotent-Replay")).contains("true");
  }

  @Test
  void joinsARepeatedKeyToTheCallInFlight() {
    stopAcknowledging(second);
    String body = "{\"data\":\"joined\",\"write_concern\":3}";
    CompletableFuture<HttpResponse<String>> once = client.addLater(body, "Idempotency-Key", "k-2");
    await().until(() -> blocked() == 1);

    CompletableFuture<HttpResponse<String>> again = client.addLater(body, "Idempotency-Key", "k-2");
    await().until(() -> blocked() == 2);
    second.heal();

    assertThat(once.join().statusCode()).isEqualTo(200);
    assertThat(again.join().headers().firstValue("Log-Index"))
        .isEqualTo(once.join().headers().firstValue("Log-Index"));
    assertThat(first.model().texts()).containsOnlyOnce("joined");
  }

  @Test
  void refusesAKeyThatStandsForAnotherText() {
    client.add("{\"data\":\"one\"}", "Idempotency-Key", "k-3");
    long before = lastIndex();

    HttpResponse<String> other = client.add("{\"data\":\"two\"}", "Idempotency-Key", "k-3");

    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(lastIndex()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                        | 400 | data is missing
          {"data":null}                             | 400 | data must be a string, not null
          {"data":7}                                | 400 | data must be a string, not 7
          {"data":"m","write_concern":4}            | 400 | the maximum is 3
          {"data":"m","write_concern":0}            | 400 | not 0
          {"data":"m","write_concern":"2"}          | 400 | not "2"
          {"data":"m","write_concern":null}         | 400 | not null
          {"data":"m","data":"n"}                   | 400 | data
          {"data":"m"} {}                           | 400 | follows
          {"data":"m"                               | 400 | JSON
          {"data":"\\ud800"}                        | 400 | surrogate
          [1]                                       | 400 | JSON object
          """)
  void refusesWrongBodiesAndAppendsNothing(String body, int status, String word) {
    long before = lastIndex();

    HttpResponse<String> answer = client.add(body);

    JsonNode problem = client.json(answer);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(problem.get("status_code").intValue()).isEqualTo(status);
    assertThat(problem.get("message").stringValue()).containsIgnoringCase(word);
    assertThat(lastIndex()).isEqualTo(before);
  }

  @Test
  void refusesTextsAboveTheLimit() {
    assertThat(client.add("{\"data\":\"%s\"}".formatted("x".repeat(1_000))).statusCode())
        .isEqualTo(200);
    assertThat(client.add("{\"data\":\"%s\"}".formatted("x".repeat(1_001))).statusCode())
        .isEqualTo(413);
  }

  @Test
  void refusesATextAboveTheLimitWhileItIsBeingRead() throws Exception {
    URI address = master.uri();
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(60_000);
      socket
          .getOutputStream()
          .write(
              ("POST /add HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                      + "Content-Length: 60000\r\n\r\n{\"data\":\""
                      + "x".repeat(30_000))
                  .getBytes(StandardCharsets.US_ASCII));

      String start = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);

      assertThat(start).isEqualTo("HTTP/1.1 413");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain,415",
    "application/x-www-form-urlencoded,415",
    "application/x-ndjson,200",
    "application/json;charset=UTF-8,200"
  })
  void readsJsonOnly(String type, int status) {
    HttpResponse<String> answer = client.post("/add", "{\"data\":\"m\"}", "Content-Type", type);

    assertThat(answer.statusCode()).isEqualTo(status);
    if (status == 415) {
      assertThat(client.json(answer).get("message").stringValue()).contains("application/json");
    }
  }

  @Test
  void refusesAnswersThatItCannotGiveBeforeItAppends() {
    long before = lastIndex();

    HttpResponse<String> answer = client.add("{\"data\":\"m\"}", "Accept", "application/x-ndjson");

    assertThat(answer.statusCode()).isEqualTo(406);
    assertThat(lastIndex()).isEqualTo(before);
  }

  @Test
  void refusesKeysThatAreNone() {
    assertThat(client.add("{\"data\":\"m\"}", "Idempotency-Key", "a b").statusCode())
        .isEqualTo(400);
    assertThat(
            client
                .add("{\"data\":\"m\"}", "Idempotency-Key", "a", "Idempotency-Key", "b")
                .statusCode())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "STARTING,503",
    "NO_LOG,503",
    "NO_QUORUM,503",
    "FENCED,503",
    "CORRUPT,503",
    "OVERLOADED,503",
    "STOPPING,503",
    "LOG_FAILED,503",
    "FULL,507",
    "KEY_REUSED,422"
  })
  void saysWhyNothingWasAppended(AddRefusal reason, int status) {
    AddAnswers answers = master.bean(AddAnswers.class);

    assertThatThrownBy(
            () ->
                answers.write(new AddOutcome.Refused(reason, "why"), new MockHttpServletResponse()))
        .hasMessage("why")
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.type().status()).isEqualTo(status);
              assertThat(refusal.headers().containsKey("Retry-After")).isEqualTo(status == 503);
              assertThat(String.valueOf(refusal.data())).contains(reason.name());
            });
  }

  @ParameterizedTest
  @EnumSource(AddOutcome.UnmetReason.class)
  void neverCallsDefiniteWhatMayBeInTheLog(AddOutcome.UnmetReason reason) {
    AddAnswers answers = master.bean(AddAnswers.class);

    assertThatThrownBy(
            () ->
                answers.write(
                    new AddOutcome.Unmet(7, 3, 1, 3, reason, false), new MockHttpServletResponse()))
        .hasMessageContaining("message 7")
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.type().status()).isEqualTo(504));
  }

  @Test
  void measuresWhatItDoes() {
    client.add("{\"data\":\"m\",\"write_concern\":2}");

    String metrics = client.get("/actuator/prometheus").body();

    assertThat(metrics)
        .contains("replog_appends_total{outcome=\"met\",write_concern=\"2\"}")
        .contains("replog_append_duration_seconds_bucket{write_concern=\"2\"")
        .contains("replog_follower_lag_entries{follower=\"follower-1\"}")
        .contains("replog_follower_match_index{follower=\"follower-1\"}")
        .contains("replog_follower_state{follower=\"follower-2\",state=\"IN_SYNC\"}")
        .contains("replog_follower_status{follower=\"follower-2\",status=\"HEALTHY\"}")
        .contains("replog_follower_ack_latency_seconds_count{follower=\"follower-1\"}")
        .contains("replog_blocked_writes")
        .contains("replog_durable_index")
        .contains("replog_writable 1.0")
        .contains("resilience4j_circuitbreaker_state{")
        .contains("resilience4j_bulkhead_available_concurrent_calls{");
  }

  /// The usual form takes a shorter way to the handler.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":\"m\",\"write_concern\":1}",
        "{\"data\":\"m\",\"write_concern\":4}",
        "{\"data\":7}",
        "{\"data\":\"m\"",
        "[]",
        ""
      })
  void answersAlikeInEitherFormOfTheMediaType(String body) {
    HttpResponse<String> usual = client.post("/add", body, "Content-Type", "application/json");
    HttpResponse<String> other =
        client.post("/add", body, "Content-Type", "application/json;charset=UTF-8");

    assertThat(usual.statusCode()).isEqualTo(other.statusCode());
    assertThat(usual.body()).isEqualTo(other.body());
    assertThat(usual.headers().map().keySet()).isEqualTo(other.headers().map().keySet());
    assertThat(usual.headers().firstValue("Content-Type"))
        .isEqualTo(other.headers().firstValue("Content-Type"));
  }
}
