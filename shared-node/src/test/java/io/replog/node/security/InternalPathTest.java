package io.replog.node.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.testnode.RunningNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InternalPathTest {

  @TempDir static Path directory;
  private static RunningNode node;

  @BeforeAll
  static void start() {
    node = RunningNode.start(directory, Map.of());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/replicate",
        "/replicate/",
        "/replicate;x=1",
        "/%72eplicate",
        "/heartbeat",
        "/cluster",
        "/cluster/entries",
        "/cluster/feed",
        "/cluster/nowhere"
      })
  void needsTheTokenBeforeAnythingElse(String path) throws Exception {
    HttpResponse<String> answer = node.post(path, "not even JSON");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
  }

  @Test
  void refusesAWrongTokenAndAClientsKey() throws Exception {
    assertThat(node.post("/replicate", "{}", "Cluster-Token", "wrong").statusCode()).isEqualTo(401);
    assertThat(node.post("/replicate", "{}", "Authorization", "Bearer k").statusCode())
        .isEqualTo(403);
    assertThat(node.post("/replicate", "{}", "X-Api-Key", "k").statusCode()).isEqualTo(403);
  }

  @Test
  void opensWithTheToken() throws Exception {
    assertThat(node.post("/replicate", "{}", "Cluster-Token", RunningNode.TOKEN).statusCode())
        .isEqualTo(200);
    assertThat(node.get("/cluster/nowhere", "Cluster-Token", RunningNode.TOKEN).statusCode())
        .isEqualTo(404);
  }

  @Test
  void leavesOtherPathsOpen() throws Exception {
    assertThat(node.get("/messages").statusCode()).isEqualTo(200);
    assertThat(node.get("/clusters").statusCode()).isEqualTo(404);
  }
}
