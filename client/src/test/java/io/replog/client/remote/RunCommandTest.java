package io.replog.client.remote;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import io.replog.client.Invocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RunCommandTest extends RemoteTest {

  private static final String FIRST = "b, r(12), w(49,53), c";
  private static final String SECOND = "b0, r(30), c";

  private void answer(String notation, String body, int status) {
    node.stubFor(
        post(anyUrl())
            .withRequestBody(equalTo(notation))
            .willReturn(
                aResponse()
                    .withStatus(status)
                    .withHeader("Content-Type", "application/json")
                    .withBody(body)));
  }

  private static String committed(String notation) {
    return "{\"status_code\":200,\"message\":\"Transaction committed\",\"data\":{\"index\":7,"
        + "\"transaction\":\"%s\",\"reads\":[]}}".formatted(notation);
  }

  private String file(String... lines) throws IOException {
    Path file = root.resolve("transactions.txt");
    Files.writeString(file, String.join("\n", lines) + "\n");
    return file.toString();
  }

  @Test
  void playsEveryLineInItsOrderAndPrintsTheAnswers() throws IOException {
    answer(FIRST, committed("b, r(12)=7, w(49,53), c"), 200);
    answer(SECOND, committed("b0, r(30)=, c"), 200);

    Invocation run =
        replog("run", file("# a comment", "", "b,r(12),w(49,53),c", "  " + SECOND), "-w", "all");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo("b, r(12)=7, w(49,53), c\nb0, r(30)=, c\n");
    node.verify(2, postRequestedFor(urlEqualTo("/transactions?write_concern=all")));
  }

  @Test
  void readsStandardInputAndPrintsJson() {
    answer(FIRST, committed("b, r(12)=7, w(49,53), c"), 200);

    Invocation run =
        replogWithInput(
            (FIRST + "\n").getBytes(StandardCharsets.UTF_8),
            "run",
            "-",
            "--json",
            "--timeout",
            "5s");

    assertThat(run.out()).startsWith("{\"outcome\":\"appended\",\"line\":1,\"data\":{\"index\":7,");
    node.verify(1, postRequestedFor(urlEqualTo("/transactions?timeout_ms=5000")));
  }

  /// As some editors save it.
  @Test
  void playsAFileWithByteOrderMarkAndCarriageReturns() throws IOException {
    answer(FIRST, committed(FIRST), 200);

    Invocation run = replog("run", file("\uFEFF" + FIRST + "\r", "# the end\r"));

    assertThat(run.exitCode()).as(run.err()).isZero();
    node.verify(1, postRequestedFor(anyUrl()));
  }

  @Test
  void sendsNothingWhenALineIsNoTransaction() throws IOException {
    answer(FIRST, committed(FIRST), 200);

    Invocation run = replog("run", file(FIRST, "b, r(12)"));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("line 2, at character 9: the commit is missing");
    node.verify(0, postRequestedFor(anyUrl()));
  }

  @Test
  void stopsAtTheFirstThatIsNotCommitted() throws IOException {
    answer(FIRST, "{\"message\":\"the table is full\",\"data\":{\"reason\":\"TABLE_FULL\"}}", 507);

    Invocation run = replog("run", file(FIRST, SECOND));

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("line 1: the table is full");
    node.verify(1, postRequestedFor(anyUrl()));
  }

  @Test
  void saysWhereTheOutcomeIsNotKnown() throws IOException {
    answer(FIRST, "{\"message\":\"message 7 stays\",\"data\":{\"index\":7}}", 504);
    Invocation pending = replog("run", file(FIRST));
    node.resetMappings();
    node.stubFor(post(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
    Invocation broken = replog("run", file(FIRST));

    assertThat(pending.exitCode()).isEqualTo(4);
    assertThat(pending.err()).contains("line 1: message 7 stays");
    assertThat(broken.exitCode()).isEqualTo(4);
    assertThat(broken.err()).contains("outcome unknown");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    Invocation run = replog("run", root.resolve("nothing").toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("there is no file ", "nothing");
  }

  @Test
  void showsTheTablePageByPage() {
    node.stubFor(
        get(urlEqualTo("/table"))
            .willReturn(
                okJson(
                    "{\"data\":{\"rows\":[{\"key\":\"1\",\"value\":\"a\\nb\",\"index\":2}],"
                        + "\"next\":\"2\"}}")));
    node.stubFor(
        get(urlEqualTo("/table?from=2"))
            .willReturn(
                okJson(
                    "{\"data\":{\"rows\":[{\"key\":\"2\",\"value\":\"c\",\"index\":2}],"
                        + "\"next\":null}}")));

    assertThat(replog("table").out()).isEqualTo("1=a\\nb\n2=c\n");
    assertThat(replog("table", "--json").out().lines()).hasSize(2);
  }

  @Test
  void showsOneValueOrSaysThatThereIsNone() {
    node.stubFor(
        get(urlEqualTo("/table/49"))
            .willReturn(okJson("{\"data\":{\"key\":\"49\",\"value\":\"53\",\"index\":2}}")));
    node.stubFor(
        get(urlEqualTo("/table/50"))
            .willReturn(
                aResponse().withStatus(404).withBody("{\"message\":\"there is no key 50\"}")));

    assertThat(replog("table", "49").out()).isEqualTo("53\n");
    Invocation none = replog("table", "50");
    assertThat(none.exitCode()).isEqualTo(3);
    assertThat(none.err()).contains("there is no key 50");
    assertThat(replog("table", "a b").exitCode()).isEqualTo(2);
  }
}
