package io.replog.node.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.testnode.RunningNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a node answers tells nobody where its files are, or what it is made of.
class NothingToldTest {

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
        "/",
        "/messages",
        "/messages?view=full",
        "/messages/1",
        "/nowhere",
        "/fails",
        "/problems",
        "/actuator",
        "/actuator/health",
        "/actuator/info",
        "/actuator/prometheus",
        "/actuator/env",
        "/replicate"
      })
  void tellsNeitherPathsNorServer(String path) throws Exception {
    HttpResponse<String> answer = node.get(path);

    assertThat(answer.body())
        .doesNotContain(directory.toString(), Path.of("").toAbsolutePath().toString())
        .doesNotContainIgnoringCase("tomcat/")
        .doesNotContain("Exception", RunningNode.TOKEN);
    assertThat(answer.headers().map()).doesNotContainKeys("server", "x-powered-by");
  }
}
