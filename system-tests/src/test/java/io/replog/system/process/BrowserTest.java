package io.replog.system.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.NodeClient;
import io.replog.system.kit.Problems;
import io.replog.system.kit.RawHttp;
import io.replog.system.kit.Reply;
import io.replog.system.kit.SharedCluster;
import io.replog.system.kit.TestCluster;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a page in a browser can do with a node, and what a node can do to a browser.
@ExtendWith(SharedCluster.class)
class BrowserTest {

  private static final String FRIEND = "https://friend.example";
  private static final String STRANGER = "https://stranger.example";
  private static final byte[] NOTHING = {};

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/messages",
        "/messages?view=full",
        "/messages/1",
        "/messages/x",
        "/health",
        "/problems",
        "/actuator/health",
        "/actuator/health/x",
        "/nothing",
        "/<script>alert(1)</script>",
        "/messages;x"
      })
  void runsNothingThatStrangersWrote(String path, TestCluster cluster) throws IOException {
    cluster.master().add("<script>alert(1)</script>", 2);

    for (NodeClient node : List.of(cluster.master(), cluster.follower1())) {
      String answer =
          RawHttp.exchange(
              node,
              "GET %s HTTP/1.1\r\nHost: x\r\nAccept: text/html, */*\r\nConnection: close\r\n\r\n"
                  .formatted(path));

      assertThat(answer)
          .containsIgnoringCase("X-Content-Type-Options: nosniff")
          .containsPattern(
              "(?i)Content-Type:"
                  + " application/(json|problem\\+json|vnd.spring-boot.actuator.v3\\+json)")
          .doesNotContainIgnoringCase("text/html");
    }
  }

  @Test
  void servesThePageAloneAsMarkup(TestCluster cluster) {
    Reply page = cluster.master().get("/", "Accept", "text/html, */*");

    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.header("Content-Security-Policy"))
        .startsWith("default-src 'self'")
        .doesNotContain("unsafe");
    assertThat(cluster.follower1().get("/", "Accept", "text/html, */*").header("Content-Type"))
        .isEqualTo("application/json");
  }

  @Test
  void forbidsForeignScripts(TestCluster cluster) {
    for (String path : List.of("/", "/messages", "/health", "/nothing", "/actuator/health/x")) {
      assertThat(cluster.master().get(path).header("Content-Security-Policy"))
          .as(path)
          .startsWith("default-src 'self'");
    }
  }

  @Test
  void letsNoForeignPageCallByDefault(TestCluster cluster) {
    Reply read = cluster.master().get("/messages", "Origin", STRANGER);
    assertThat(read.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();

    Reply asked = preflight(cluster.master(), STRANGER);
    assertThat(asked.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(asked.headers().firstValue("Access-Control-Allow-Methods")).isEmpty();

    byte[] form = "{\"data\":\"from a form\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Reply posted =
        cluster
            .master()
            .send("POST", "/add", form, "Content-Type", "text/plain", "Origin", STRANGER);
    Problems.requireProblem(posted, 415);
    assertThat(cluster.master().texts()).doesNotContain("from a form");
  }

  @Test
  void letsListedPagesCallAndNoOthers() {
    try (TestCluster own =
        TestCluster.laidOut(
            "browser",
            settings ->
                settings.followers(1).set("BOOTSTRAP", "alone").set("CORS_ORIGINS", FRIEND))) {
      own.start(TestCluster.MASTER);
      own.awaitWritable();

      Reply friend = preflight(own.master(), FRIEND);
      assertThat(friend.status()).isEqualTo(200);
      assertThat(friend.header("Access-Control-Allow-Origin")).isEqualTo(FRIEND);
      assertThat(friend.header("Access-Control-Allow-Methods")).contains("POST");
      assertThat(friend.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
      Reply read = own.master().get("/messages", "Origin", FRIEND);
      assertThat(read.header("Access-Control-Allow-Origin")).isEqualTo(FRIEND);
      assertThat(read.header("Access-Control-Expose-Headers")).contains("Log-Index");
      Problems.requireProblem(preflight(own.master(), STRANGER), 403);
      Problems.requireProblem(own.master().get("/messages", "Origin", STRANGER), 403);
    }
  }

  @Test
  void repeatsNothingToWhoTraces(TestCluster cluster) throws IOException {
    String answer =
        RawHttp.exchange(
            cluster.master(),
            "TRACE /messages HTTP/1.1\r\nHost: x\r\nCookie: secret\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 405").doesNotContain("secret");
  }

  @Test
  void namesMethodsToWhoAsks(TestCluster cluster) {
    Reply known = cluster.master().send("OPTIONS", "/messages", NOTHING);
    assertThat(known.status()).isEqualTo(200);
    assertThat(known.header("Allow")).contains("GET").doesNotContain("DELETE", "TRACE");

    Problems.requireProblem(cluster.master().send("OPTIONS", "/nothing", NOTHING), 404);
    Problems.requireProblem(cluster.follower1().send("OPTIONS", "/replicate", NOTHING), 401);
  }

  private static Reply preflight(NodeClient node, String origin) {
    return node.send(
        "OPTIONS",
        "/add",
        NOTHING,
        "Origin",
        origin,
        "Access-Control-Request-Method",
        "POST",
        "Access-Control-Request-Headers",
        "content-type");
  }
}
