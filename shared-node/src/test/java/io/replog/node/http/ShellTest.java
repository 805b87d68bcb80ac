package io.replog.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.testnode.RunningNode;
import io.replog.testnode.TestNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellTest {

  @TempDir static Path directory;
  private static RunningNode node;

  @BeforeAll
  static void start() {
    node = RunningNode.start(directory, Map.of("CORS_ORIGINS", "https://friend.example"));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @AfterEach
  void beReady() {
    TestNode.PENDING.set(null);
    TestNode.READ_ONLY.set(null);
  }

  @Test
  void listsWhatItServes() throws Exception {
    HttpResponse<String> answer = node.get("/");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"role\":\"master\"", "\"path\":\"/messages\"");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/livez",
        "/readyz",
        "/actuator/health",
        "/actuator/health/liveness",
        "/actuator/health/readiness",
        "/actuator/health/quorum",
        "/actuator/info",
        "/actuator/prometheus"
      })
  void servesProbesAndMetrics(String path) throws Exception {
    assertThat(node.get(path).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/actuator",
        "/actuator/env",
        "/actuator/heapdump",
        "/actuator/loggers",
        "/actuator/shutdown",
        "/actuator/sbom",
        "/actuator/health/x",
        "/actuator/health/ping",
        "/actuator/health/quorum/x",
        "/actuator/health/"
      })
  void servesNothingElseOfActuator(String path) throws Exception {
    HttpResponse<String> answer = node.get(path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("\"status_code\":404");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/messages;a=b", "/;/messages", "/messages/1;x", "/;"})
  void servesNoPathWithParameters(String path) throws Exception {
    HttpResponse<String> answer = node.get(path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("\"status_code\":404");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
  }

  @Test
  void isNotReadyWhileSomethingIsPendingAndYetHealthy() throws Exception {
    TestNode.PENDING.set("asking the followers");

    assertThat(node.get("/readyz").statusCode()).isEqualTo(503);
    assertThat(node.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
    assertThat(node.get("/livez").statusCode()).isEqualTo(200);
    assertThat(node.get("/actuator/health").body()).contains("\"status\":\"UP\"");
  }

  @Test
  void saysInItsOwnGroupWhetherWritesAreAccepted() throws Exception {
    TestNode.READ_ONLY.set("no quorum");

    assertThat(node.get("/actuator/health/quorum").statusCode()).isEqualTo(503);
    assertThat(node.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
    assertThat(node.get("/actuator/health").body()).contains("\"status\":\"UP\"");
  }

  @Test
  void countsForcesAndIndices() throws Exception {
    node.append("m1");

    assertThat(node.get("/actuator/prometheus").body())
        .contains("replog_last_index", "replog_fsync_duration_seconds_count", "replog_live_tails");
  }

  @Test
  void letsOnlyListedPagesOfOthersCall() throws Exception {
    String preflight =
        "OPTIONS /messages HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            + "Access-Control-Request-Method: GET\r\nOrigin: ";

    assertThat(node.raw(preflight + "https://friend.example\r\n\r\n"))
        .startsWith("HTTP/1.1 200")
        .contains("Access-Control-Allow-Origin: https://friend.example");
    assertThat(node.raw(preflight + "https://stranger.example\r\n\r\n"))
        .startsWith("HTTP/1.1 403")
        .contains("CORS_ORIGINS", "\"status_code\":403");
  }
}
