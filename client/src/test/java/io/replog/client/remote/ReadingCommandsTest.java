package io.replog.client.remote;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.replog.client.Invocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingCommandsTest extends RemoteTest {

  private static final String RECORD_1 = "{\"index\":1,\"epoch\":1,\"text\":\"msg1\"}";
  private static final String RECORD_2 = "{\"index\":2,\"epoch\":1,\"text\":\"a\\nb\"}";

  @Test
  void listsMessagesWithTheirIndex() {
    node.stubFor(
        get(urlPathEqualTo("/messages")).willReturn(ndjson(RECORD_1 + "\n" + RECORD_2 + "\n")));

    Invocation run = replog("list", "--from", "1", "--limit", "5", "--majority");

    assertThat(run.out().lines()).containsExactly("#1     msg1", "#2     a\\nb");
    assertThat(run.exitCode()).isZero();
    node.verify(
        getRequestedFor(urlEqualTo("/messages?from=1&limit=5&read_concern=majority"))
            .withHeader("Accept", equalTo("application/x-ndjson, application/problem+json")));
  }

  @Test
  void passesRecordsThroughForMachines() {
    node.stubFor(get(urlPathEqualTo("/messages")).willReturn(ndjson(RECORD_2 + "\n")));

    assertThat(replog("list", "--json").out()).isEqualTo(RECORD_2 + "\n");
  }

  @Test
  void saysThatThereIsNothing() {
    node.stubFor(get(urlPathEqualTo("/messages")).willReturn(ndjson("")));

    Invocation run = replog("list");

    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("master holds no messages\n");
  }

  @Test
  void listsFollowerByItsNumber() {
    node.stubFor(get(urlPathEqualTo("/messages")).willReturn(ndjson(RECORD_1)));

    Invocation known = replog("list", "follower-1", "--follower", node.baseUrl());
    Invocation unknown = replog("list", "follower-2", "--follower", node.baseUrl());

    assertThat(known.out()).contains("msg1");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("there is no node 'follower-2'").hasLineCount(1);
  }

  @Test
  void saysThatListIsNotCompleteWhenConnectionBreaks() {
    node.stubFor(
        get(urlPathEqualTo("/messages"))
            .willReturn(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)));

    Invocation run = replog("list");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("the list is not complete").hasLineCount(1);
  }

  @Test
  void repeatsWhatNodeSaysWhenItRefuses() {
    node.stubFor(
        get(urlPathEqualTo("/messages"))
            .willReturn(aResponse().withStatus(400).withBody("{\"message\":\"'from' is bad\"}")));

    Invocation list = replog("list");
    Invocation tail = replog("tail");

    assertThat(list.exitCode()).isEqualTo(3);
    assertThat(list.err()).isEqualTo("replog: master: 'from' is bad\n");
    assertThat(tail.exitCode()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "tail", "health", "verify", "add x"})
  void showsNoControlCharacterOfWhatNodeSays(String verb) {
    String hostile = "{\"message\":\"no\\u001b[2J\\u009b31m\\u202eon\\nreplog: done\"}";
    node.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(403).withBody(hostile)));

    Invocation run = replog(verb.split(" "));

    assertThat(run.out() + run.err())
        .contains("no\\u001b[2J\\u009b31m\\u202eon\\nreplog: done")
        .doesNotContain("\u001b", "\u009b", "\u202e");
  }

  @Test
  void resumesTailBehindLastMessageShown() {
    node.stubFor(
        get(urlPathEqualTo("/messages"))
            .withHeader("Last-Event-ID", absent())
            .willReturn(events("id:1\ndata:" + RECORD_1 + "\n\n:still here\n\nid:2\nda")));
    node.stubFor(
        get(urlPathEqualTo("/messages"))
            .withHeader("Last-Event-ID", equalTo("1"))
            .willReturn(events("id: 2\nevent: message\ndata: " + RECORD_2 + "\n\n")));

    Invocation run = replog("tail", "--from", "1", "--count", "2");

    assertThat(run.out().lines()).containsExactly("#1     msg1", "#2     a\\nb");
    assertThat(run.err()).contains("trying again");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void losesNothingBetweenFirstAnswerAndFirstMessage() {
    node.stubFor(
        get(urlPathEqualTo("/messages"))
            .withHeader("Last-Event-ID", absent())
            .willReturn(events(":hello\n\n").withHeader("Log-Index", "1")));
    node.stubFor(
        get(urlPathEqualTo("/messages"))
            .withHeader("Last-Event-ID", equalTo("1"))
            .willReturn(events("id:2\ndata:" + RECORD_2 + "\n\n")));

    Invocation run = replog("tail", "--count", "1", "--json");

    assertThat(run.out()).isEqualTo(RECORD_2 + "\n");
  }

  private static ResponseDefinitionBuilder ndjson(String body) {
    return aResponse().withHeader("Content-Type", "application/x-ndjson").withBody(body);
  }

  private static ResponseDefinitionBuilder events(String body) {
    return aResponse().withHeader("Content-Type", "text/event-stream").withBody(body);
  }
}
