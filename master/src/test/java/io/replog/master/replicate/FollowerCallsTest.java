package io.replog.master.replicate;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.replog.master.kit.TestFollower;
import io.replog.model.RefusalReason;
import io.replog.node.call.HttpCaller;
import io.replog.node.json.StrictJson;
import io.replog.node.tls.OutgoingTls;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FollowerCallsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MAX_BYTES = 64 << 10;

  private static TestFollower follower;
  private static HttpCaller http;
  private static final Answers ANSWERS = new Answers(StrictJson.mapper(1 << 20));

  @BeforeAll
  static void start() {
    follower = new TestFollower("follower-1");
    http = new HttpCaller(MAX_BYTES, OutgoingTls.PLAIN);
  }

  @AfterAll
  static void stop() {
    http.close();
    follower.close();
  }

  @AfterEach
  void heal() {
    follower.heal();
  }

  private static Outcome call(Duration atMost) {
    return callTo(follower.setting().replace("follower-1=", ""), atMost);
  }

  private static Outcome callTo(String url, Duration atMost) {
    ClassicHttpRequest request =
        new BasicClassicHttpRequest(Method.POST, URI.create(url + "/heartbeat"));
    request.setEntity(new StringEntity("{}", ContentType.APPLICATION_JSON));
    return ANSWERS.read(http.call(request, atMost));
  }

  private static ResponseDefinitionBuilder body(String body) {
    return aResponse().withBody(body);
  }

  static Stream<Arguments> unusableAnswers() {
    return Stream.of(
        Arguments.of(
            FailureKind.STATUS, aResponse().withStatus(500).withBody("{\"message\":\"x\"}")),
        Arguments.of(FailureKind.STATUS, aResponse().withStatus(401)),
        Arguments.of(FailureKind.STATUS, aResponse().withStatus(307).withHeader("Location", "/")),
        Arguments.of(FailureKind.MALFORMED, body("")),
        Arguments.of(FailureKind.MALFORMED, body("no json")),
        Arguments.of(FailureKind.MALFORMED, body("[]")),
        Arguments.of(FailureKind.MALFORMED, body("{\"data\":null}")),
        Arguments.of(FailureKind.MALFORMED, body("{\"data\":{\"node\":\"x\"}}")),
        Arguments.of(FailureKind.MALFORMED, body("{\"data\":{}}").withStatus(409)),
        Arguments.of(
            FailureKind.MALFORMED, body("{\"data\":{\"reason\":\"WHY\"}}").withStatus(409)),
        Arguments.of(FailureKind.TOO_LARGE, body("x".repeat(MAX_BYTES + 1))),
        Arguments.of(FailureKind.BROKEN, aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
        Arguments.of(FailureKind.BROKEN, aResponse().withFault(Fault.EMPTY_RESPONSE)),
        Arguments.of(FailureKind.BROKEN, aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)));
  }

  @ParameterizedTest
  @MethodSource("unusableAnswers")
  void turnsEveryUnusableAnswerIntoAnOutcome(FailureKind kind, ResponseDefinitionBuilder answer) {
    follower.answerEverything(answer);

    Outcome outcome = call(PATIENCE);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(kind);
              assertThat(failed.error()).isNotBlank().doesNotContain("\n");
            });
  }

  @Test
  void readsAnAcknowledgement() {
    assertThat(call(PATIENCE)).isEqualTo(new Outcome.Acknowledged(follower.model().standing()));
  }

  @ParameterizedTest
  @EnumSource(RefusalReason.class)
  void readsEveryRefusal(RefusalReason reason) {
    int status = reason == RefusalReason.FULL ? 507 : 409;
    follower.answerEverything(
        aResponse().withStatus(status).withBody(follower.model().refusal(reason)));

    assertThat(call(PATIENCE))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(reason);
              assertThat(refused.standing())
                  .usingRecursiveComparison()
                  .ignoringFields("error")
                  .isEqualTo(follower.model().standing());
              assertThat(refused.standing().error()).isEqualTo("refused");
            });
  }

  @Test
  void keepsTheWordsOfARefusalOnOneLineOfBoundedLength() {
    String words = "it holds log 9c\\n\\u202e of another master" + "!".repeat(1_000);
    follower.answerEverything(
        aResponse()
            .withStatus(409)
            .withBody(
                follower
                    .model()
                    .refusal(RefusalReason.OTHER_LOG)
                    .replace("\"refused\"", "\"" + words + "\"")));

    assertThat(call(PATIENCE))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused ->
                assertThat(refused.standing().error())
                    .startsWith("it holds log 9c?? of another master!!!")
                    .hasSizeLessThan(words.length() / 2));
  }

  @Test
  void givesUpOnAFollowerThatSaysNothing() {
    follower.answerEverything(aResponse().withFixedDelay(10_000));

    assertThat(call(Duration.ofSeconds(2)))
        .isEqualTo(new Outcome.Failed(FailureKind.TIMEOUT, "no answer within 2000 ms"));
  }

  @Test
  void givesUpOnAFollowerThatStopsInTheMiddleOfItsAnswer() {
    follower.answerEverything(body("x".repeat(1_000)).withChunkedDribbleDelay(10, 20_000));

    assertThat(call(Duration.ofSeconds(2)))
        .isEqualTo(new Outcome.Failed(FailureKind.TIMEOUT, "no answer within 2000 ms"));
  }

  @Test
  void saysThatNobodyListens() {
    assertThat(callTo("http://127.0.0.1:1", PATIENCE))
        .isEqualTo(new Outcome.Failed(FailureKind.UNREACHABLE, "connection refused"));
  }

  @Test
  void saysThatAHostHasNoAddress() {
    assertThat(callTo("http://no-such-host.invalid:1", PATIENCE))
        .isEqualTo(new Outcome.Failed(FailureKind.UNREACHABLE, "host name cannot be resolved"));
  }
}
