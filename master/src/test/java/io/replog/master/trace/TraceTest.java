package io.replog.master.trace;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.replog.master.kit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.master.kit.TestClient;
import io.replog.master.kit.TestFollower;
import io.replog.master.kit.TestMaster;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TraceTest {

  private static final String CONTEXT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @TempDir Path data;

  private final TestFollower follower = new TestFollower("follower-1");
  private TestMaster master;
  private TestClient client;

  @BeforeEach
  void start() {
    master = TestMaster.start(data, List.of(follower));
    client = new TestClient(master);
  }

  @AfterEach
  void stop() {
    client.close();
    master.close();
    follower.close();
  }

  private JsonNode trace(int index) {
    return client.data("/messages/" + index + "/trace");
  }

  private JsonNode tries(int index) {
    return trace(index).get("followers").get(0).get("tries");
  }

  /// The first sending that carried the message and has ended.
  private JsonNode carrier(int index) {
    return tries(index)
        .valueStream()
        .filter(each -> !each.get("probe").booleanValue() && !each.get("ended").isNull())
        .findFirst()
        .orElseThrow();
  }

  /// What was sent first after the end of a sending.
  private Optional<JsonNode> sentAfter(JsonNode ended, int index) {
    return tries(index)
        .valueStream()
        .filter(each -> at(each.get("sent")) > at(ended.get("ended")))
        .findFirst();
  }

  private static double at(JsonNode moment) {
    return moment.get("ms").doubleValue();
  }

  @Test
  void tellsEveryPartAtTheMasterInItsOrder() {
    client.add("{\"data\":\"m\",\"write_concern\":2}");

    JsonNode trace = trace(1);

    double[] parts = {
      at(trace.get("received")),
      at(trace.get("appended")),
      at(trace.get("written")),
      at(trace.get("durable")),
      at(trace.get("released"))
    };
    assertThat(parts).isSorted().startsWith(0.0);
    assertThat(trace.get("released_acks").intValue()).isEqualTo(2);
    assertThat(trace.get("traceparent").isNull()).isTrue();
  }

  @Test
  void tellsEachAttemptWithItsErrorAndBackOff() {
    client.add("{\"data\":\"m1\",\"write_concern\":2}");
    follower.answerBatchesOf(
        "m2", aResponse().withStatus(503).withBody("{\"message\":\"not now\"}"));
    client.add("{\"data\":\"m2\",\"write_concern\":1}");
    await().ignoreExceptions().until(() -> sentAfter(carrier(2), 2).isPresent());

    follower.heal();
    await().until(() -> !trace(2).get("followers").get(0).get("acknowledged").isNull());

    JsonNode tries = tries(2);
    JsonNode first = carrier(2);
    assertThat(first.get("error").stringValue()).isEqualTo("answered 503: not now");
    assertThat(first.get("back_off_ms").doubleValue()).isPositive();
    assertThat(at(first.get("ended"))).isGreaterThanOrEqualTo(at(first.get("sent")));
    assertThat(sentAfter(first, 2).orElseThrow().get("probe").booleanValue()).isTrue();
    JsonNode last = tries.get(tries.size() - 1);
    assertThat(last.get("probe").booleanValue()).isFalse();
    assertThat(last.get("error").isNull()).isTrue();
    assertThat(last.get("back_off_ms").isNull()).isTrue();
  }

  @Test
  void putsTheTimesThatTheFollowerMeasuredIntoItsOwnClock() {
    follower.model().measure(3_000, 2_000);
    client.add("{\"data\":\"m\",\"write_concern\":2}");

    JsonNode attempt = carrier(1);

    JsonNode there = attempt.get("there");
    assertThat(there.get("held_ms").doubleValue()).isEqualTo(3);
    assertThat(there.get("forced_ms").doubleValue()).isEqualTo(2);
    assertThat(at(there.get("received"))).isGreaterThanOrEqualTo(at(attempt.get("sent")));
    assertThat(at(there.get("durable")) - at(there.get("received")))
        .isCloseTo(5, org.assertj.core.api.Assertions.within(0.01));
  }

  @Test
  void passesTheTraceContextOnWithASpanOfItsOwn() {
    client.add("{\"data\":\"m\",\"write_concern\":2}", "traceparent", CONTEXT);
    client.add("{\"data\":\"m\",\"write_concern\":2}", "traceparent", "00-nonsense");
    client.add("{\"data\":\"m\",\"write_concern\":2}");

    String sent = carrier(1).get("traceparent").stringValue();

    assertThat(trace(1).get("traceparent").stringValue()).isEqualTo(CONTEXT);
    assertThat(sent)
        .matches("00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01")
        .isNotEqualTo(CONTEXT);
    assertThat(follower.traceContexts()).contains(sent);
    for (int untraced : new int[] {2, 3}) {
      assertThat(trace(untraced).get("traceparent").isNull()).isTrue();
      assertThat(carrier(untraced).get("traceparent").isNull()).isTrue();
    }
  }

  @Test
  void keepsTheTraceContextOfABulkAddForEachOfItsMessages() {
    HttpResponse<String> added =
        client.post(
            "/add?write_concern=2",
            "{\"data\":\"a\"}\n{\"data\":\"b\"}\n",
            "Content-Type",
            "application/x-ndjson",
            "traceparent",
            CONTEXT);

    assertThat(added.statusCode()).isEqualTo(200);
    for (int index : new int[] {1, 2}) {
      assertThat(trace(index).get("traceparent").stringValue()).isEqualTo(CONTEXT);
      assertThat(follower.traceContexts())
          .contains(carrier(index).get("traceparent").stringValue());
    }
  }
}
