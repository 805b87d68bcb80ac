package io.replog.node.security;

import static io.replog.node.security.KeyLines.keyOf;
import static io.replog.node.security.KeyLines.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.testnode.RunningNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagementAccessTest {

  @TempDir Path directory;

  @Test
  void asksForKeyOnPortOfManagementToo() throws Exception {
    Path keys = KeyLines.write(directory.resolve("keys"), line("reader", "prometheus"));
    Map<String, String> variables =
        Map.of("API_KEYS_FILE", keys.toString(), "MANAGEMENT_PORT", "0");
    try (RunningNode node = RunningNode.start(directory, variables)) {
      HttpRequest.Builder metrics = management(node, "/actuator/prometheus");

      assertThat(node.send(management(node, "/actuator/health")).statusCode()).isEqualTo(200);
      assertThat(node.send(metrics).statusCode()).isEqualTo(401);
      metrics.header("Authorization", "Bearer " + keyOf("prometheus"));
      assertThat(node.send(metrics).statusCode()).isEqualTo(200);
    }
  }

  private static HttpRequest.Builder management(RunningNode node, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.managementPort() + path));
  }
}
