package io.replog.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.testnode.RunningNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagementPortTest {

  private static RunningNode node;

  @BeforeAll
  static void start(@TempDir Path directory) {
    node = RunningNode.start(directory, Map.of("MANAGEMENT_PORT", "0"));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/actuator/health",
        "/actuator/health/readiness",
        "/actuator/info",
        "/actuator/prometheus"
      })
  void servesActuatorThereAndNotHere(String path) throws Exception {
    assertThat(management(path).statusCode()).isEqualTo(200);
    assertThat(management(path).headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertProblem(node.get(path));
  }

  @Test
  void keepsProbesOnPortOfNode() throws Exception {
    assertThat(node.get("/livez").statusCode()).isEqualTo(200);
    assertThat(node.get("/readyz").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/messages",
        "/add",
        "/actuator",
        "/actuator/env",
        "/actuator/sbom",
        "/actuator/health/x",
        "/actuator/health;x"
      })
  void servesNothingElseThere(String path) throws Exception {
    assertProblem(management(path));
  }

  private static void assertProblem(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).startsWith("{\"type\":\"/problems/not-found\"");
    assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
  }

  private static HttpResponse<String> management(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + node.managementPort() + path);
    return node.send(HttpRequest.newBuilder(uri));
  }
}
