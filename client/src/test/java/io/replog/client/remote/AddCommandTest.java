package io.replog.client.remote;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.replog.client.Invocation;
import io.replog.client.cluster.Awaiting;
import io.replog.client.cluster.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class AddCommandTest extends RemoteTest {

  private static final String SUCCESS =
      "{\"status_code\":200,\"message\":\"Message added successfully\",\"data\":null}";

  @Test
  void saysWhereMessageStandsAndHowManyHoldIt() {
    answer(appended());

    Invocation run = replog("add", "msg1", "-w", "2", "--follower", "http://127.0.0.1:1");

    assertThat(run.out()).matches("#7 appended, 2 of 2 acknowledged in \\d+\\.\\d{3} s\n");
    assertThat(run.exitCode()).isZero();
    node.verify(
        postRequestedFor(urlEqualTo("/add"))
            .withHeader("Idempotency-Key", absent())
            .withRequestBody(equalToJson("{\"data\":\"msg1\",\"write_concern\":2}")));
  }

  @Test
  void namesThoseWhoWereFirstToAcknowledge() {
    answer(appended());
    trace("\"ms\":9.0", "\"ms\":2.0");

    assertThat(outputOfAddThatKnowsTheCluster())
        .matches("#7 appended, 2 of 3 acknowledged \\(master, follower-2\\) in \\d+\\.\\d{3} s\n");
  }

  @Test
  void namesNobodyWhereTheMasterDoesNotKnow() {
    answer(appended());
    trace("\"ms\":null", "\"at\":\"t\"");

    assertThat(outputOfAddThatKnowsTheCluster())
        .matches("#7 appended, 2 of 3 acknowledged in \\d+\\.\\d{3} s\n");
  }

  /// Nobody waits long for a trace, which an add can do without.
  private String outputOfAddThatKnowsTheCluster() {
    AtomicReference<String> out = new AtomicReference<>("");
    Awaiting.until(
        () -> {
          out.set(replog("add", "msg1", "-w", "2").out());
          return out.get().contains(" 2 of 3 ");
        },
        Duration.ofMinutes(1));
    return out.get();
  }

  private void trace(String first, String second) {
    node.stubFor(
        get(urlEqualTo("/messages/7/trace"))
            .willReturn(
                okJson(
                    "{\"data\":{\"followers\":[{\"node\":\"follower-1\",\"acknowledged\":{%s}},"
                            .formatted(first)
                        + "{\"node\":\"follower-2\",\"acknowledged\":{%s}}]}}".formatted(second))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"@@twice", "@pom.xml", "'quoted \"twice\"'", "a\\nb $HOME", " -w "})
  void sendsTextAsItStands(String text) {
    answer(appended());

    replog("add", text);

    node.verify(
        postRequestedFor(urlEqualTo("/add"))
            .withRequestBody(
                equalToJson(JsonMapper.shared().createObjectNode().put("data", text).toString())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"majority", "all"})
  void sendsNamedConcernAsText(String concern) {
    answer(appended());

    replog("add", "m", "-w", concern, "--timeout", "2s", "--key", "k1");

    node.verify(
        postRequestedFor(urlEqualTo("/add"))
            .withHeader("Idempotency-Key", equalTo("k1"))
            .withRequestBody(
                equalToJson(
                    "{\"data\":\"m\",\"write_concern\":\"" + concern + "\",\"timeout_ms\":2000}")));
  }

  @Test
  void addsEveryLineOfAFileInOneCall(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("lines.txt"), "a\n\"b\"\né");
    node.stubFor(
        post(urlEqualTo("/add?write_concern=2&timeout_ms=5000"))
            .willReturn(
                aResponse()
                    .withStatus(200)
                    .withBody(
                        "{\"data\":{\"first_index\":5,\"last_index\":7,\"count\":3,\"acks\":2}}")));

    Invocation run = replog("add", "--file", file.toString(), "-w", "2", "--timeout", "5s");

    assertThat(run.out())
        .matches("3 messages appended as #5 to #7, 2 acknowledged in \\d+\\.\\d{3} s\n");
    assertThat(run.exitCode()).isZero();
    node.verify(
        postRequestedFor(urlEqualTo("/add?write_concern=2&timeout_ms=5000"))
            .withHeader("Content-Type", equalTo("application/x-ndjson"))
            .withRequestBody(
                equalTo("{\"data\":\"a\"}\n{\"data\":\"\\\"b\\\"\"}\n{\"data\":\"é\"}\n")));
  }

  @Test
  void saysHowFarAFileOfJsonLinesCame(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("lines.ndjson"), "{\"data\":\"a\"}\n{}\n");
    node.stubFor(
        post(urlEqualTo("/add"))
            .willReturn(
                aResponse()
                    .withStatus(504)
                    .withBody("{\"message\":\"line 2 is not\",\"data\":{\"count\":1}}")));

    Invocation run = replog("add", "--ndjson", "--file", file.toString());

    assertThat(run.err()).contains("line 2 is not");
    assertThat(run.exitCode()).isEqualTo(4);
    node.verify(
        postRequestedFor(urlEqualTo("/add")).withRequestBody(equalTo("{\"data\":\"a\"}\n{}\n")));
  }

  @Test
  void refusesAFileThatIsNotThereAndATextBesideIt() {
    assertThat(replog("add", "--file", "/nonexistent/file").exitCode()).isEqualTo(2);
    assertThat(replog("add", "text", "--file", "-").exitCode()).isEqualTo(2);
    assertThat(replog("add").exitCode()).isEqualTo(2);
  }

  @Test
  void readsMessageFromStandardInputWithoutItsLastLineBreak() {
    answer(appended());

    replogWithInput("grüße\n\n".getBytes(StandardCharsets.UTF_8), "add", "-");

    node.verify(
        postRequestedFor(urlEqualTo("/add"))
            .withRequestBody(equalToJson("{\"data\":\"grüße\\n\"}")));
  }

  @Test
  void printsOneJsonLineForMachines() {
    answer(appended().withHeader("Idempotent-Replay", "true"));

    Invocation run = replog("add", "m", "--json");

    assertThat(Http.json(run.out()).path("index").asInt()).isEqualTo(7);
    assertThat(run.out())
        .contains("\"outcome\":\"appended\"", "\"acks\":2", "\"epoch\":3", "\"replayed\":true")
        .hasLineCount(1);
  }

  @Test
  void tellsThatPendingMessageStaysInTheLog() {
    answer(
        problem(504, "not enough nodes in time")
            .withBody(
                "{\"message\":\"not enough nodes in"
                    + " time\",\"data\":{\"index\":7,\"epoch\":3,\"acks\":1,"
                    + "\"write_concern\":3,\"reason\":\"PENDING\"}}"));

    Invocation run = replog("add", "m", "-w", "3", "--timeout", "1s");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err())
        .contains("#7 is in the log and goes on replicating; 1 of 3 acknowledged in")
        .contains("not enough nodes in time");
  }

  @ParameterizedTest
  @CsvSource({
    "400,3", "401,3", "409,3", "413,3", "422,3", "429,3", "503,3", "507,3", "500,4", "502,4",
    "504,4"
  })
  void tellsDefiniteAnswersFromIndefiniteOnes(int status, int exitCode) {
    answer(problem(status, "no quorum: \u001b[2J"));

    Invocation run = replog("add", "m");

    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.err()).contains("no quorum: \\u001b[2J");
    assertThat(run.err().contains("retry with the same --key")).isEqualTo(exitCode == 4);
  }

  @Test
  void doesNotKnowOutcomeWhenConnectionBreaksBehindTheRequest() {
    answer(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    Invocation run = replog("add", "m");
    Invocation machine = replog("add", "m", "--json");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).contains("outcome unknown: retry with the same --key");
    assertThat(machine.exitCode()).isEqualTo(4);
    assertThat(machine.out()).contains("\"outcome\":\"unknown\"");
    node.verify(2, postRequestedFor(urlEqualTo("/add")));
  }

  @Test
  void saysInOneSentenceThatNobodyIsThere() {
    String nobody = "http://127.0.0.1:" + Ports.free();

    Invocation run = Invocation.run(root, Map.of(), "add", "m", "--master", nobody);

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).isEqualTo("replog: " + nobody + " is not there (connection refused)\n");
  }

  @Test
  void followsFollowersRedirectToMaster() {
    answer(aResponse().withStatus(307).withHeader("Location", node.baseUrl() + "/master/add"));
    node.stubFor(post(urlEqualTo("/master/add")).willReturn(appended()));

    Invocation run = replog("add", "m");

    assertThat(run.exitCode()).isZero();
    node.verify(
        postRequestedFor(urlEqualTo("/master/add"))
            .withRequestBody(equalToJson("{\"data\":\"m\"}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-w|0|-w 0 cannot be used",
        "-w|2.0|-w 2.0 cannot be used",
        "--timeout|5|--timeout 5 cannot be used",
        "--timeout|25h|--timeout 25h cannot be used",
        "--key|ä|--key takes 1 to 128 visible ASCII characters",
        "--nonsense|x|Unknown option",
      })
  void refusesUnusableOptionsWithoutSending(String option, String value, String complaint) {
    Invocation run = replog("add", "m", option, value);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(complaint).hasLineCount(1);
    node.verify(0, postRequestedFor(urlEqualTo("/add")));
  }

  @Test
  void refusesTextThatTheLocaleHasMangled() {
    Invocation run = replog("add", "h\uFFFDllo");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("LC_ALL");
  }

  private void answer(ResponseDefinitionBuilder response) {
    node.stubFor(post(urlEqualTo("/add")).willReturn(response));
  }

  private static ResponseDefinitionBuilder appended() {
    return aResponse()
        .withHeader("Log-Index", "7")
        .withHeader("Log-Epoch", "3")
        .withHeader("Replication-Acks", "2")
        .withHeader("Content-Type", "application/json")
        .withBody(SUCCESS);
  }

  private static ResponseDefinitionBuilder problem(int status, String message) {
    String escaped = message.replace("\u001b", "\\u001b");
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/problem+json")
        .withBody("{\"status\":" + status + ",\"message\":\"" + escaped + "\",\"data\":null}");
  }
}
