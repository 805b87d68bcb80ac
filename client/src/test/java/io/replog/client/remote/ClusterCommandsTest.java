package io.replog.client.remote;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.client.Invocation;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ClusterCommandsTest extends RemoteTest {

  private static final String VIEW =
      """
      {"status_code":200,"message":"ok","data":{"node":"master","role":"master","log_id":"9c","epoch":3,
      "last_index":7,"durable_index":7,"commit_index":6,"writable":false,"reason":"no quorum: 1 of 3 nodes",
      "fsync":"always","blocked_writes":2,"followers":[{"node":"follower-1","url":"http://x","status":"UNHEALTHY",
      "state":"CATCHING_UP","match_index":5,"lag":2,"round_trip_ms":null,"last_contact_ms":null,"delay_ms":5000,
      "fsync":"always","last_error":"connection refused","next_attempt_ms":120}]}}
      """;

  @Test
  void showsClusterAsTable() {
    node.stubFor(get(urlEqualTo("/health")).willReturn(okJson(VIEW)));

    Invocation run = replog("health");

    assertThat(run.out().lines())
        .containsExactly(
            "writable: no (no quorum: 1 of 3 nodes)",
            "master: epoch 3, last index 7, durable 7, on a majority 6, calls waiting 2, fsync"
                + " always",
            "NODE        STATUS     STATE        MATCH  LAG  DELAY    LAST CONTACT  ERROR",
            "follower-1  UNHEALTHY  CATCHING_UP  5      2    5000 ms  -             connection"
                + " refused");
  }

  @Test
  void showsLayersBelowTheTable() {
    String layers =
        """
        "layers":[{"node":"layer-1-1","url":"http://y","feed":"every 10 messages","upstream":"follower-1",
        "layer":1,"version":0,"behind":7,"stale_ms":null,"silent_ms":6000,"silent":true}]
        """;
    String view = VIEW.replace("\"followers\":", layers.strip() + ",\"followers\":");
    node.stubFor(get(urlEqualTo("/health")).willReturn(okJson(view)));

    Invocation run = replog("health");

    assertThat(run.out().lines().skip(4))
        .containsExactly(
            "",
            "LAYER  NODE       FEED               UPSTREAM    VERSION  BEHIND  STALE  LAST WORD",
            "1      layer-1-1  every 10 messages  follower-1  0        7       -      6000 ms,"
                + " silent");
  }

  @Test
  void showsWhatEachFollowerLacks() {
    node.stubFor(get(urlEqualTo("/health")).willReturn(okJson(VIEW)));

    Invocation run = replog("lag");

    assertThat(run.out().lines())
        .containsExactly(
            "NODE        LACKS  HOLDS UP TO  STATUS",
            "master      -      7            -",
            "follower-1  2      5            UNHEALTHY, CATCHING_UP");
  }

  @Test
  void printsViewForMachines() {
    node.stubFor(get(urlEqualTo("/health")).willReturn(okJson(VIEW)));

    Invocation run = replog("health", "--json");

    assertThat(run.out()).startsWith("{\"node\":\"master\"").hasLineCount(1);
  }

  @Test
  void refusesToAdoptWhereNobodyCanAgree() throws Exception {
    Path token = Files.writeString(root.resolve("token"), "secret\n");

    Invocation run = replog("adopt", "--token-file", token.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--yes");
    node.verify(0, postRequestedFor(urlEqualTo("/cluster/adopt")));
  }

  @Test
  void adoptsWithClusterToken() throws Exception {
    Path token = Files.writeString(root.resolve("token"), "secret\n");
    node.stubFor(
        post(urlEqualTo("/cluster/adopt"))
            .withHeader("Cluster-Token", equalTo("secret"))
            .willReturn(ok("{\"message\":\"The log of follower-1 was taken over\"}")));

    Invocation run = replog("adopt", "--yes", "--token-file", token.toString());

    assertThat(run.out()).isEqualTo("The log of follower-1 was taken over\n");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void adoptsWithoutTheFollowersThatItNames() throws Exception {
    Path token = Files.writeString(root.resolve("token"), "secret");
    node.stubFor(
        post(urlEqualTo("/cluster/adopt?without=follower-2%2Cfollower-3"))
            .willReturn(ok("{\"message\":\"adopted\"}")));

    Invocation run =
        replog(
            "adopt", "-y", "--without", "follower-2,follower-3", "--token-file", token.toString());

    assertThat(run.out()).isEqualTo("adopted\n");
  }

  @Test
  void saysWhyMasterDoesNotAdopt() throws Exception {
    Path token = Files.writeString(root.resolve("token"), "secret");
    node.stubFor(
        post(urlEqualTo("/cluster/adopt"))
            .willReturn(aResponse().withStatus(409).withBody("{\"message\":\"it has a log\"}")));

    Invocation run = replog("adopt", "--yes", "--token-file", token.toString());

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).isEqualTo("replog: it has a log\n");
  }

  @Test
  void needsTokenToAdopt() {
    assertThat(replog("adopt", "--yes").exitCode()).isEqualTo(2);
  }
}
