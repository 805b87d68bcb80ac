package io.replog.client.remote;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.client.Invocation;
import org.junit.jupiter.api.Test;

class TraceCommandTest extends RemoteTest {

  private static final String TRACE =
      """
      {"status_code":200,"message":"ok","data":{"index":7,"write_concern":2,"traceparent":null,
      "received":{"at":"t","ms":0.0},"appended":{"at":"t","ms":0.2},"written":{"at":"t","ms":0.4},
      "durable":{"at":"t","ms":1.4},"followers":[
      {"node":"follower-1","attempts":2,"sent":{"at":"t","ms":2.0},"acknowledged":{"at":"t","ms":200.0},"tries":[
       {"sent":{"at":"t","ms":2.0},"ended":{"at":"t","ms":5.0},"error":"connection refused","back_off_ms":45.0,
        "traceparent":null,"there":null},
       {"sent":{"at":"t","ms":50.0},"ended":{"at":"t","ms":200.0},"error":null,"back_off_ms":null,"traceparent":null,
        "there":{"received":{"at":"t","ms":55.0},"appended":{"at":"t","ms":155.0},"durable":{"at":"t","ms":195.0},
         "held_ms":100.0,"forced_ms":40.0,"plus_minus_ms":5.0}}]},
      {"node":"follower-2","attempts":1,"sent":{"at":"t","ms":2.0},"acknowledged":null,"tries":[
       {"sent":{"at":"t","ms":2.0},"ended":null,"error":null,"back_off_ms":null,"traceparent":null,"there":null}]}],
      "released":{"at":"t","ms":200.0},"released_acks":2}}
      """;

  @Test
  void drawsWhereTheTimeWent() {
    node.stubFor(get(urlEqualTo("/messages/7/trace")).willReturn(okJson(TRACE)));

    Invocation run = replog("trace", "7");

    assertThat(run.out().lines())
        .containsExactly(
            "#7, write concern 2",
            "master      queue         |#                                       |  0.2 ms from 0.0"
                + " ms",
            "master      write         |#                                       |  0.2 ms from 0.2"
                + " ms",
            "master      force         |#                                       |  1.0 ms from 0.4"
                + " ms",
            "follower-1  attempt       |##                                      |  3.0 ms from 2.0"
                + " ms  connection refused, next after 45.0 ms",
            "follower-1  way there     |          ##                            |  5.0 ms from 50.0"
                + " ms  +-5.0 ms",
            "follower-1  held          |           ####################         |  100.0 ms from"
                + " 55.0 ms",
            "follower-1  write, force  |                              ######### |  40.0 ms from"
                + " 155.0 ms",
            "follower-1  way back      |                                      ##|  5.0 ms from"
                + " 195.0 ms",
            "follower-2  attempt       |########################################|  at 2.0 ms  under"
                + " way",
            "master      released      |                                       #|  at 200.0 ms"
                + "  2 of 3 acknowledged");
  }

  @Test
  void printsTheAnswerForMachines() {
    node.stubFor(get(urlEqualTo("/messages/7/trace")).willReturn(okJson(TRACE)));

    assertThat(replog("trace", "7", "--json").out()).startsWith("{\"index\":7").hasLineCount(1);
  }

  @Test
  void saysWhenNothingIsKnownOfTheMessage() {
    node.stubFor(
        get(urlEqualTo("/messages/9/trace"))
            .willReturn(
                aResponse().withStatus(404).withBody("{\"message\":\"there is no message 9\"}")));

    Invocation run = replog("trace", "9");

    assertThat(run.err()).isEqualTo("replog: there is no message 9\n");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(replog("trace", "seven").exitCode()).isEqualTo(2);
  }
}
