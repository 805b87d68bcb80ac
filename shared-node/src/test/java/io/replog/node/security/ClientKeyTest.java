package io.replog.node.security;

import static io.replog.node.security.KeyLines.keyOf;
import static io.replog.node.security.KeyLines.line;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A node that asks its clients for keys.
class ClientKeyTest {

  @TempDir static Path directory;
  private static RunningNode node;

  @BeforeAll
  static void start() throws Exception {
    Path keys =
        KeyLines.write(
            directory.resolve("keys"),
            line("reader", "reader") + line("writer", "writer") + line("admin", "admin"));
    node = RunningNode.start(directory, Map.of("API_KEYS_FILE", keys.toString()));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/actuator/health",
        "/actuator/health/liveness",
        "/actuator/health/readiness",
        "/livez",
        "/readyz"
      })
  void leavesProbesOpenAndTellsThemNothing(String path) throws Exception {
    HttpResponse<String> answer = node.get(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).doesNotContain("components", "details");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/messages",
        "/messages/1",
        "/health",
        "/problems",
        "/actuator/info",
        "/actuator/prometheus",
        "/nowhere",
        "/livez;x=1",
        "/%6civez",
        "/livez/../messages",
        "/actuator/health/../prometheus",
        "/messages/../livez"
      })
  void asksForKeyEverywhereElse(String path) throws Exception {
    HttpResponse<String> answer = node.get(path);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"replog\"");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).contains("\"status\":401", "/problems/unauthorized");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /messages, reader, 200",
    "GET, /messages, writer, 200",
    "GET, /messages, admin, 200",
    "GET, /actuator/prometheus, reader, 200",
    "GET, /nowhere, reader, 404",
    "POST, /add, reader, 403",
    "POST, /add, writer, 200",
    "POST, /add, admin, 200",
    "PUT, /nowhere, reader, 403",
    "PUT, /faults/delay, reader, 403",
    "PUT, /faults/delay, writer, 403",
    "PUT, /faults/delay, admin, 404",
    "GET, /faults, reader, 403",
    "GET, /cluster/faults, reader, 403",
    "PUT, /cluster/faults/follower-1, writer, 403",
    "PUT, /cluster/faults/follower-1, admin, 404",
    "GET, /cluster/faulty, admin, 403",
    "POST, /cluster/adopt, writer, 403",
    "POST, /cluster/adopt, admin, 404",
    "POST, /replicate, admin, 403",
    "POST, /heartbeat, admin, 403",
    "GET, /cluster/entries, admin, 403",
    "GET, /cluster/adopted, admin, 403"
  })
  void opensWhatTheRoleIncludes(String method, String path, String name, int status)
      throws Exception {
    String[] key = {"Authorization", "Bearer " + keyOf(name)};

    HttpResponse<String> answer =
        method.equals("POST") ? node.post(path, "{}", key) : node.method(method, path, key);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer",
        "Bearer ",
        "Bearer wrong",
        "Bearer " + RunningNode.TOKEN,
        "Basic cmVhZGVyOnJlYWRlcg==",
        "key-of-reader-0123456789abcdef0123456789",
        "Bearer key-of-reader-0123456789abcdef012345678",
        "Bearer key-of-reader-0123456789abcdef0123456789x"
      })
  void refusesWhatIsNoKnownKey(String authorization) throws Exception {
    HttpResponse<String> answer = node.get("/messages", "Authorization", authorization);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer"));
    assertThat(answer.body()).doesNotContain("0123456789", RunningNode.TOKEN);
  }

  @Test
  void takesSchemeInAnyCaseAndOneKeyOnly() throws Exception {
    String key = keyOf("reader");

    assertThat(node.get("/messages", "Authorization", "bEARER " + key).statusCode()).isEqualTo(200);
    assertThat(
            node.raw(
                "GET /messages HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                    + key
                    + "\r\nAuthorization: Bearer "
                    + key
                    + "\r\n\r\n"))
        .startsWith("HTTP/1.1 401");
  }

  @Test
  void takesTokenOfClusterOnItsOwnPathsOnly() throws Exception {
    assertThat(node.get("/messages", "Cluster-Token", RunningNode.TOKEN).statusCode())
        .isEqualTo(401);
    assertThat(node.post("/replicate", "{}", "Cluster-Token", RunningNode.TOKEN).statusCode())
        .isEqualTo(200);
    assertThat(node.get("/faults/none", "Cluster-Token", RunningNode.TOKEN).statusCode())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/add", "/replicate", "/faults/delay"})
  void refusesBeforeAnyOfTheBodyIsThere(String path) throws Exception {
    String answer =
        node.raw(
            "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2000000000\r\n\r\n"
                .formatted(path));

    assertThat(answer).startsWith("HTTP/1.1 401");
  }
}
