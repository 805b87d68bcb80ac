package io.replog.master.add;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.replog.master.kit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.master.kit.TestClient;
import io.replog.master.kit.TestFollower;
import io.replog.master.kit.TestMaster;
import io.replog.node.table.NodeTable;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class TransactionTest {

  private static final String[] TEXT = {"Content-Type", "text/plain"};
  private static final String[] JSON = {"Content-Type", "application/json"};

  private static TestFollower follower;
  private static TestMaster master;
  private static TestClient client;

  @BeforeAll
  static void start(@TempDir Path data) {
    follower = new TestFollower("follower-1");
    master =
        TestMaster.start(
            data.resolve("master"),
            List.of(follower),
            "TABLE_MAX_BYTES",
            "64KB",
            "MAX_MESSAGE_SIZE",
            "20000");
    client = new TestClient(master);
  }

  @AfterAll
  static void stop() {
    client.close();
    master.close();
    follower.close();
  }

  @AfterEach
  void heal() {
    follower.heal();
    await().until(() -> client.data("/health").get("blocked_writes").intValue() == 0);
  }

  private static HttpResponse<String> run(String notation) {
    return client.post("/transactions", notation, TEXT);
  }

  private static long lastIndex() {
    return client.data("/health").get("last_index").longValue();
  }

  @Test
  void answersInBothNotations() {
    run("b, w(12,7), c");

    HttpResponse<String> json = run("b, r(12), w(49,53), r(49), r(nothing), c");
    HttpResponse<String> text =
        client.post(
            "/transactions", "b, r(12), c", "Content-Type", "text/plain", "Accept", "text/plain");

    long index = lastIndex() - 1;
    assertThat(json.statusCode()).isEqualTo(200);
    assertThat(json.body())
        .isEqualTo(
            ("{\"status_code\":200,\"message\":\"Transaction committed\",\"data\":{\"index\":%d,"
                    + "\"transaction\":\"b, r(12)=7, w(49,53), r(49)=53, r(nothing)=, c\","
                    + "\"reads\":[{\"key\":\"12\",\"value\":\"7\"},"
                    + "{\"key\":\"49\",\"value\":\"53\"},{\"key\":\"nothing\",\"value\":null}]}}")
                .formatted(index));
    assertThat(json.headers().firstValue("Log-Index")).hasValue("" + index);
    assertThat(json.headers().firstValue("Location")).hasValue("/messages/" + index);
    assertThat(json.headers().firstValue("Replication-Acks")).isPresent();
    assertThat(text.body()).isEqualTo("b, r(12)=7, c\n");
    assertThat(text.headers().firstValue("Content-Type")).hasValue("text/plain;charset=UTF-8");
  }

  @Test
  void takesJson() {
    HttpResponse<String> answer =
        client.post(
            "/transactions",
            "{\"layer\":null,\"operations\":[{\"write\":{\"key\":\"j\",\"value\":\"a,b)\\n\"}},"
                + "{\"read\":\"j\"}],\"write_concern\":2}",
            JSON);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(client.json(answer).at("/data/transaction").stringValue())
        .isEqualTo("b, w(j,\"a,b)\\n\"), r(j)=\"a,b)\\n\", c");
    assertThat(answer.headers().firstValue("Replication-Acks")).hasValue("2");
    assertThat(client.data("/table/j").get("value").stringValue()).isEqualTo("a,b)\n");
  }

  @Test
  void isOneEntryInItsOwnNotation() {
    run("b,w( m , 1 ) , r(m),c");

    JsonNode entry = client.data("/messages/" + lastIndex());

    assertThat(entry.get("text").stringValue()).isEqualTo("b, w(m,1), r(m), c");
    assertThat(entry.get("kind").stringValue()).isEqualTo("transaction");
    await().until(() -> follower.model().texts().contains("b, w(m,1), r(m), c"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "b, r(12), w(49,53)",
        "b, w(leak,1), x(2), c",
        "b, w(leak,1), c, r(1)",
        "b0, w(leak,1), c",
        "b, w(leak,1), w(2), c",
        "b, c"
      })
  void refusesWhatIsNoTransactionAndLeavesNothingOfIt(String notation) {
    long before = lastIndex();

    HttpResponse<String> refused = client.post("/transactions", notation, TEXT);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(client.json(refused).get("message").stringValue()).startsWith("at character ");
    assertThat(client.json(refused).at("/data/character").isIntegralNumber()).isTrue();
    assertThat(lastIndex()).isEqualTo(before);
    assertThat(client.get("/table/leak").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"operations\":{}}",
        "{\"operations\":[]}",
        "{\"operations\":[{\"write\":{\"key\":\"leak\",\"value\":\"1\"}},{}]}",
        "{\"operations\":[{\"write\":{\"key\":\"leak\",\"value\":1}}]}",
        "{\"operations\":[{\"write\":{\"key\":\"a b\",\"value\":\"1\"}}]}",
        "{\"operations\":[{\"write\":\"leak\"}]}",
        "{\"operations\":[{\"read\":5}]}",
        "{\"operations\":[{\"read\":\"1\",\"write\":{\"key\":\"leak\",\"value\":\"1\"}}]}",
        "{\"layer\":0,\"operations\":[{\"write\":{\"key\":\"leak\",\"value\":\"1\"}}]}",
        "{\"layer\":3,\"operations\":[{\"read\":\"1\"}]}",
        "{\"layer\":\"0\",\"operations\":[{\"read\":\"1\"}]}",
        "{\"operations\":[{\"read\":\"1\"}],\"write_concern\":9}",
        "{\"operations\":[{\"read\":\"1\"}],\"timeout_ms\":0}",
        "{\"operations\":[{\"read\":\"1\"}"
      })
  void refusesJsonThatIsNoTransactionAndLeavesNothingOfIt(String body) {
    long before = lastIndex();

    HttpResponse<String> refused = client.post("/transactions", body, JSON);

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    assertThat(lastIndex()).isEqualTo(before);
    assertThat(client.get("/table/leak").statusCode()).isEqualTo(404);
  }

  @Test
  void readsOnItsLayerWithoutAnEntry() {
    run("b, w(layer,1), c");
    long before = lastIndex();

    HttpResponse<String> answer = run("b0, r(layer), r(none), c");
    HttpResponse<String> other = run("b1, r(layer), c");

    assertThat(client.json(answer).at("/data/transaction").stringValue())
        .isEqualTo("b0, r(layer)=1, r(none)=, c");
    assertThat(client.json(answer).at("/data/index").longValue()).isEqualTo(before);
    assertThat(answer.headers().firstValue("Log-Index")).hasValue("" + before);
    assertThat(other.statusCode()).isEqualTo(400);
    assertThat(other.body()).contains("this node is of layer 0", "OTHER_LAYER");
    assertThat(lastIndex()).isEqualTo(before);
  }

  @Test
  void repeatsItsAnswerUnderTheSameKey() {
    run("b, w(key,1), c");
    String[] keyed = {"Content-Type", "text/plain", "Idempotency-Key", "k-1"};

    HttpResponse<String> first = client.post("/transactions", "b, r(key), w(key,2), c", keyed);
    HttpResponse<String> again = client.post("/transactions", "b,r(key),w(key,2),c", keyed);
    HttpResponse<String> other = client.post("/transactions", "b, w(key,3), c", keyed);
    HttpResponse<String> message =
        client.add("{\"data\":\"b, r(key), w(key,2), c\"}", "Idempotency-Key", "k-1");

    assertThat(again.body()).isEqualTo(first.body()).contains("r(key)=1");
    assertThat(again.headers().firstValue("Idempotent-Replay")).hasValue("true");
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(message.statusCode()).isEqualTo(422);
    assertThat(client.data("/table/key").get("value").stringValue()).isEqualTo("2");
  }

  /// More transactions are made meanwhile than are remembered for nobody in particular.
  @Test
  void keepsWhatWasReadHoweverLongOtherNodesTake() {
    run("b, w(late,1), c");
    follower.answerBatches(aResponse().withStatus(503));
    CompletableFuture<HttpResponse<String>> blocked =
        CompletableFuture.supplyAsync(
            () -> client.post("/transactions?write_concern=2", "b, r(late), w(late,2), c", TEXT),
            Thread::startVirtualThread);
    await().until(() -> client.data("/table/late").get("value").stringValue().equals("2"));
    for (int i = 0; i < 1_100; i++) {
      run("b, w(late,%d), c".formatted(i));
    }

    follower.heal();

    assertThat(client.json(blocked.join()).at("/data/transaction").stringValue())
        .isEqualTo("b, r(late)=1, w(late,2), c");
  }

  @Test
  void saysThatItIsInTheLogWhenTheTimeIsOver() {
    follower.answerBatches(aResponse().withStatus(503));

    HttpResponse<String> late =
        client.post("/transactions?write_concern=2&timeout_ms=3000", "b, w(over,1), c", TEXT);

    assertThat(late.statusCode()).isEqualTo(504);
    assertThat(client.json(late).at("/data/index").longValue()).isEqualTo(lastIndex());
    assertThat(client.data("/table/over").get("value").stringValue()).isEqualTo("1");
  }

  @Test
  void refusesWhatTheTableHasNoRoomFor() {
    String large = "x".repeat(15_000);
    int status = 200;
    for (int i = 0; i < 10 && status == 200; i++) {
      status = run("b, w(room%d,%s), c".formatted(i, large)).statusCode();
    }
    long before = lastIndex();

    HttpResponse<String> full = run("b, w(room,%s), c".formatted(large));

    assertThat(full.statusCode()).isEqualTo(507);
    assertThat(full.body()).contains("TABLE_MAX_BYTES=65536", "TABLE_FULL");
    assertThat(lastIndex()).isEqualTo(before);
    assertThat(run("b, w(room0,small), c").statusCode()).isEqualTo(200);
    assertThat(run("b, w(room,%s), c".formatted(large)).statusCode())
        .as("there is room again")
        .isEqualTo(200);
    run("b, w(room,s), w(room0,s), w(room1,s), w(room2,s), w(room3,s), c");
  }

  /// A short transaction that reads a long value again and again would fill the memory.
  @Test
  void refusesToReadMoreThanAnAnswerHolds() {
    run("b, w(wide,%s), c".formatted("x".repeat(15_000)));
    String many = ", r(wide)".repeat(300) + ", c";
    long before = lastIndex();

    HttpResponse<String> core = run("b" + many);
    HttpResponse<String> layer = run("b0" + many);

    assertThat(core.statusCode()).isEqualTo(413);
    assertThat(core.body()).contains("4500000 characters", "an answer at most 4194304");
    assertThat(layer.statusCode()).isEqualTo(413);
    assertThat(lastIndex()).isEqualTo(before);
    assertThat(run("b" + ", r(wide)".repeat(200) + ", c").statusCode()).isEqualTo(200);
    assertThat(run("b, w(wide,s)" + many).statusCode())
        .as("it is its own write that it reads")
        .isEqualTo(200);
  }

  @Test
  void refusesWhatIsTooLongOrOfAnotherType() {
    assertThat(run("b, w(1,%s), c".formatted("x".repeat(20_001))).statusCode()).isEqualTo(413);
    assertThat(client.post("/transactions", "b, r(1), c", "Content-Type", "text/html").statusCode())
        .isEqualTo(415);
    assertThat(
            client
                .post(
                    "/transactions",
                    "b, r(1), c",
                    "Content-Type",
                    "text/plain",
                    "Accept",
                    "image/png")
                .statusCode())
        .isEqualTo(406);
  }

  /// As text any page of the world could send one through the browser of somebody who may.
  @Test
  void takesNoTextFromAPage() throws Exception {
    long before = lastIndex();

    String answer = rawFromPage("text/plain", "b, w(page,1), c");

    assertThat(answer).startsWith("HTTP/1.1 403");
    assertThat(lastIndex()).isEqualTo(before);
  }

  private static String rawFromPage(String type, String body) throws IOException {
    try (var socket = new Socket(master.uri().getHost(), master.uri().getPort())) {
      socket.setSoTimeout(60_000);
      socket
          .getOutputStream()
          .write(
              ("POST /transactions HTTP/1.1\r\nHost: x\r\nOrigin: http://evil.example\r\n"
                      + "Content-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s")
                  .formatted(type, body.length(), body)
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void forgetsWhatNobodyWaitsFor() {
    run("b, r(12), c");

    assertThat(master.bean(NodeTable.class).isExpecting()).isFalse();
  }
}
