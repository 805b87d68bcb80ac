package io.replog.client.remote;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import io.replog.client.Invocation;
import io.replog.model.Chain;
import io.replog.model.Entry;
import io.replog.model.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyCommandTest extends RemoteTest {

  private final WireMockServer follower =
      new WireMockServer(WireMockConfiguration.options().dynamicPort().http2PlainDisabled(true));

  private String followerUrl = "";

  @BeforeEach
  void startFollower() {
    follower.start();
    followerUrl = follower.baseUrl();
  }

  @AfterEach
  void stopFollower() {
    follower.stop();
  }

  @Test
  void findsEqualLogsEqualAndNamesTheirChain() {
    serve(node, records(1, 50));
    serve(follower, records(1, 50));

    Invocation run = verify();

    assertThat(run.out())
        .isEqualTo(
            """
            equal up to #50, chain %s
            master: up to #50
            follower-1: up to #50
            """
                .formatted(chainOf(50)));
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void saysByHowMuchNodeIsBehindAndFindsNothingWrongWithIt() {
    serve(node, records(1, 50));
    serve(follower, records(1, 20));

    Invocation run = verify();

    assertThat(run.out()).contains("equal up to #50", "follower-1: up to #20, 30 behind");
    assertThat(run.exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 33, 50})
  void namesIndexAtWhichOneByteOfTextDiffers(int index) {
    serve(node, records(1, 50));
    serve(follower, changed(index, record -> record.replace("text " + index, "tExt " + index)));

    Invocation run = verify();

    assertThat(run.out())
        .contains("equal up to #" + (index - 1) + ",", "differ at #" + index + "\n")
        .contains("\"text " + index + "\"", "\"tExt " + index + "\"");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"epoch\":1/\"epoch\":2",
        "\"key\":null/\"key\":\"\"",
        "01.007Z/01.008Z",
        "text 7/text 7 "
      })
  void noticesEveryPartOfRecord(String change) {
    serve(node, records(1, 9));
    String[] parts = change.split("/");
    serve(follower, changed(7, record -> record.replace(parts[0], parts[1])));

    Invocation run = verify("--json");

    assertThat(Http.json(run.out()).at("/first_difference/index").intValue()).isEqualTo(7);
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void showsWhatNodesHoldWithoutLettingItMoveTheCursor() {
    serve(node, List.of(record(1, "m1")));
    serve(follower, List.of(record(1, "\\u001b[2J\\nforged \\u202e" + "x".repeat(500))));

    Invocation run = verify();

    assertThat(run.out())
        .contains("\\u001b[2J\\nforged \\u202exxx")
        .doesNotContain("\u001b", "\u202e")
        .contains("...\"", "epoch 1, key -, 515 bytes, sha256 ");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void noticesGapWithinNode() {
    serve(node, records(1, 9));
    List<String> withGap = new ArrayList<>(records(1, 9));
    withGap.remove(3);
    serve(follower, withGap);

    Invocation run = verify();

    assertThat(run.out()).contains("a gap: #5 where #4 should stand");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void noticesIndexThatOccursTwiceWithinNode() {
    serve(node, records(1, 9));
    List<String> doubled = new ArrayList<>(records(1, 9));
    doubled.add(4, doubled.get(3));
    serve(follower, doubled);

    Invocation run = verify();

    assertThat(run.out()).contains("an index that was there before: #4 where #5 should stand");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void noticesEpochThatFalls() {
    List<String> fallen = changed(7, record -> record.replace("\"epoch\":1", "\"epoch\":0"));
    serve(node, fallen);
    serve(follower, fallen);

    Invocation run = verify();

    assertThat(run.out()).contains("an epoch that falls: 0 at #7 behind 1");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void refusesToCallTwoLogsOne() {
    serve(node, records(1, 3));
    stub(follower, ndjson("another", records(1, 3)));

    Invocation run = verify();

    assertThat(run.out()).contains("log another: follower-1");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void repeatsWhatDamagedNodeSays() {
    serve(node, records(1, 3));
    stub(
        follower,
        aResponse()
            .withStatus(503)
            .withHeader("Content-Type", "application/problem+json")
            .withBody("{\"message\":\"the log is damaged at #2\\u001b[31m\"}"));

    Invocation run = verify();

    assertThat(run.out())
        .contains("follower-1: up to #0, 3 behind")
        .contains("could not be read: the log is damaged at #2\\u001b[31m");
    assertThat(run.exitCode()).isEqualTo(3);
  }

  @Test
  void saysWhichNodeIsNotThere() {
    serve(node, records(1, 3));
    follower.stop();

    Invocation run = verify();

    assertThat(run.out()).contains("equal up to #3", "is not there (connection refused)");
    assertThat(run.exitCode()).isEqualTo(3);
  }

  @Test
  void doesNotTakeBrokenAnswerForShortLog() {
    serve(node, records(1, 3));
    stub(follower, aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK));

    Invocation run = verify();

    assertThat(run.out()).contains("could not be read");
    assertThat(run.exitCode()).isEqualTo(3);
  }

  @Test
  void doesNotTakeAnswerThatEndsEarlyForShortLog() {
    serve(node, records(1, 3));
    stub(follower, ndjson(records(1, 2)).withHeader("Log-Index", "3"));

    Invocation run = verify();

    assertThat(run.out()).contains("its answer ended at #2, though it shows #3");
    assertThat(run.exitCode()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "{}", "{\"index\":1,\"epoch\":1,\"timestamp\":\"x\"}", "[1]"})
  void saysThatSomethingElseAnswers(String line) {
    serve(node, records(1, 3));
    serve(follower, List.of(line));

    Invocation run = verify();

    assertThat(run.out()).contains("does not answer as a node does");
    assertThat(run.exitCode()).isEqualTo(3);
  }

  @Test
  void tellsMachinesTheSame() {
    serve(node, records(1, 3));
    serve(follower, records(1, 2));

    Invocation run = verify("--json");

    assertThat(run.out())
        .isEqualToIgnoringNewLines(
            """
            {"equal":true,"complete":true,"first_index":1,"equal_up_to":3,"chain":"%s",\
            "first_difference":null,"nodes":[{"node":"master","url":"%s","log_id":"the-log","last_index":3,"behind":0,\
            "disorder":null,"error":null},{"node":"follower-1","url":"%s","log_id":"the-log",\
            "last_index":2,"behind":1,"disorder":null,"error":null}]}\
            """
                .formatted(chainOf(3), node.baseUrl(), follower.baseUrl()));
    assertThat(run.exitCode()).isZero();
  }

  private Invocation verify(String... more) {
    List<String> line = new ArrayList<>(List.of("verify", "--follower", followerUrl));
    line.addAll(List.of(more));
    return replog(line.toArray(String[]::new));
  }

  private static List<String> records(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(i -> record(i, "text " + i)).toList();
  }

  private static String record(int index, String text) {
    return "{\"index\":%d,\"epoch\":1,\"timestamp\":\"2026-11-20T19:01:01.%03dZ\",\"key\":null,\"text\":\"%s\"}"
        .formatted(index, index, text);
  }

  private static List<String> changed(int index, UnaryOperator<String> change) {
    List<String> records = new ArrayList<>(records(1, 50));
    records.set(index - 1, change.apply(records.get(index - 1)));
    return records;
  }

  private static String chainOf(int last) {
    Position end = Position.START;
    for (int i = 1; i <= last; i++) {
      end = Entry.after(end, 1, 1_795_201_261_000L + i, null, "text " + i).position();
    }
    return Chain.toDigits(end.chain());
  }

  private static void serve(WireMockServer server, List<String> records) {
    stub(server, ndjson(records));
  }

  private static void stub(WireMockServer server, ResponseDefinitionBuilder answer) {
    server.stubFor(get(urlPathEqualTo("/messages")).willReturn(answer));
  }

  private static ResponseDefinitionBuilder ndjson(List<String> records) {
    return ndjson("the-log", records);
  }

  private static ResponseDefinitionBuilder ndjson(String logId, List<String> records) {
    return aResponse()
        .withHeader("Content-Type", "application/x-ndjson")
        .withHeader("Log-Id", logId)
        .withBody(String.join("\n", records));
  }
}
