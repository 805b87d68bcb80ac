package io.replog.client.remote;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.client.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultCommandTest extends RemoteTest {

  private static final String FAULTS =
      """
      {"delay_ms":5000,"jitter_ms":0,"error_before_percent":0,"error_after_percent":25,
       "drop_answers_percent":0,"pause":false,"partition":false,"seed":7}\
      """;
  private static final String ALL =
      """
      {"status_code":200,"message":"ok","data":[
       {"node":"follower-1","faults":%s,"error":null},
       {"node":"follower-2","faults":null,"error":"follower-2 cannot be asked: connection refused"}]}
      """
          .formatted(FAULTS);

  private Path token;

  @BeforeEach
  void writeToken() throws IOException {
    token = Files.writeString(root.resolve("token"), "secret\n");
  }

  private Invocation fault(String... arguments) {
    List<String> line = new ArrayList<>(List.of("fault", "--token-file", token.toString()));
    line.addAll(List.of(arguments));
    return replog(line.toArray(String[]::new));
  }

  private static String answer(String faults) {
    return "{\"status_code\":200,\"message\":\"ok\",\"data\":" + faults + "}";
  }

  @Test
  void listsWhatIsInjectedWhere() {
    node.stubFor(
        get(urlEqualTo("/cluster/faults"))
            .withHeader("Cluster-Token", equalTo("secret"))
            .willReturn(okJson(ALL)));

    Invocation run = fault();

    assertThat(run.out().lines())
        .containsExactly(
            "NODE        DELAY    JITTER  ERROR BEFORE  ERROR AFTER  DROPPED  STATE  SEED",
            "follower-1  5000 ms  0 ms    0 %           25 %         0 %      -      7",
            "follower-2  -        -       -             -            -        -      -");
    assertThat(run.err()).contains("follower-2 cannot be asked: connection refused");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void changesOnlyWhatItNames() {
    node.stubFor(get(urlEqualTo("/cluster/faults/follower-1")).willReturn(okJson(answer(FAULTS))));
    String wanted =
        FAULTS
            .replace("\"delay_ms\":5000", "\"delay_ms\":2000")
            .replace("\"jitter_ms\":0", "\"jitter_ms\":500")
            .replace("\"error_before_percent\":0", "\"error_before_percent\":10")
            .replace("\"pause\":false", "\"pause\":true");
    node.stubFor(put(urlEqualTo("/cluster/faults/follower-1")).willReturn(okJson(answer(wanted))));

    Invocation run =
        fault(
            "follower-1", "--delay", "2s", "--jitter", "500ms", "--error-before", "10", "--pause");

    node.verify(
        putRequestedFor(urlEqualTo("/cluster/faults/follower-1"))
            .withHeader("Cluster-Token", equalTo("secret"))
            .withRequestBody(equalToJson(wanted)));
    assertThat(run.out()).contains("follower-1  2000 ms  500 ms  10 %", "paused");
  }

  @Test
  void liftsAPause() {
    String paused = FAULTS.replace("\"pause\":false", "\"pause\":true");
    node.stubFor(get(urlEqualTo("/cluster/faults/follower-1")).willReturn(okJson(answer(paused))));
    node.stubFor(put(urlEqualTo("/cluster/faults/follower-1")).willReturn(okJson(answer(FAULTS))));

    Invocation run = fault("follower-1", "--no-pause");

    node.verify(
        putRequestedFor(urlEqualTo("/cluster/faults/follower-1"))
            .withRequestBody(equalToJson(FAULTS)));
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void clearsOneOrAll() {
    node.stubFor(delete(urlEqualTo("/cluster/faults")).willReturn(okJson(ALL)));
    node.stubFor(
        delete(urlEqualTo("/cluster/faults/follower-1")).willReturn(okJson(answer(FAULTS))));

    assertThat(fault("clear", "follower-1").exitCode()).isZero();
    node.verify(0, deleteRequestedFor(urlEqualTo("/cluster/faults")));
    assertThat(fault("clear", "--json").out()).startsWith("[{\"node\":\"follower-1\"");
    node.verify(1, deleteRequestedFor(urlEqualTo("/cluster/faults")));
  }

  @Test
  void passesRefusalsOn() {
    node.stubFor(
        get(urlEqualTo("/cluster/faults"))
            .willReturn(
                aResponse()
                    .withStatus(404)
                    .withBody("{\"message\":\"faults are not injected here\"}")));

    Invocation run = fault();

    assertThat(run.err()).isEqualTo("replog: faults are not injected here\n");
    assertThat(run.exitCode()).isEqualTo(3);
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThat(fault("--delay", "2s").exitCode()).isEqualTo(2);
    assertThat(fault("clear", "--pause").exitCode()).isEqualTo(2);
    assertThat(fault("follower-1", "follower-2").exitCode()).isEqualTo(2);
    assertThat(replog("fault").err()).contains("the cluster token is needed");
  }
}
