package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.Json;
import io.replog.system.kit.NodeClient;
import io.replog.system.kit.Problems;
import io.replog.system.kit.Program;
import io.replog.system.kit.Reply;
import io.replog.system.kit.Repository;
import io.replog.system.kit.SharedCluster;
import io.replog.system.kit.TestCluster;
import io.replog.system.kit.Tools;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What a client of the first days relies on, byte for byte, and the headers and paths around it.
@ExtendWith(SharedCluster.class)
class ContractTest {

  @Test
  void answersAddWithTheseBytes(TestCluster cluster) {
    Reply reply = cluster.master().post("/add", "{\"data\":\"msg1\",\"write_concern\":1}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text())
        .isEqualTo(
            "{\"status_code\":200,\"message\":\"Message added successfully\",\"data\":null}");
    assertThat(reply.header("Content-Type")).startsWith("application/json");
  }

  @Test
  void answersReadWithTheseBytesOnEveryNode(TestCluster cluster) {
    long index = cluster.master().add("exact bytes", 3).index();
    String page = "/messages?limit=1&from=" + index;

    for (NodeClient node : List.of(cluster.master(), cluster.follower1(), cluster.follower2())) {
      Reply reply = node.get(page);
      assertThat(reply.text())
          .isEqualTo(
              "{\"status_code\":200,\"message\":\"Messages fetched successfully\","
                  + "\"data\":[{\"text\":\"exact bytes\"}]}");
      assertThat(reply.header("Content-Type")).startsWith("application/json");
    }
  }

  @Test
  void tellsPlaceOfMessageInHeaders(TestCluster cluster) {
    Reply reply = cluster.master().add("headers", 2);

    assertThat(reply.header("Location")).endsWith("/messages/" + reply.index());
    assertThat(reply.number("Log-Epoch")).isPositive();
    assertThat(reply.number("Replication-Acks")).isBetween(2L, 3L);
    assertThat(reply.header("Idempotent-Replay")).isEmpty();
  }

  @Test
  void takesOneAsDefaultConcern(TestCluster cluster) {
    assertThat(cluster.master().post("/add", "{\"data\":\"no concern\"}").status()).isEqualTo(200);
  }

  @Test
  void ignoresUnknownFieldsAndKeepsRepeatedTexts(TestCluster cluster) {
    Reply first = cluster.master().post("/add", "{\"data\":\"twice\",\"colour\":{\"a\":[1]}}");
    Reply second = cluster.master().post("/add", "{\"data\":\"twice\"}");

    assertThat(first.status()).isEqualTo(200);
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.index()).isGreaterThan(first.index());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a\u0000b",
        "line one\nline two\r\n\ttabbed",
        "\"quoted\" \\ back / slash",
        "naïve Ελληνικά 日本語",
        "\uD83D\uDE80\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
        "e\u0301 is not \u00e9",
        "\uFEFF\uFFFE\uFFFD\u202E\u2028",
        "<script>alert(1)</script>"
      })
  void keepsEveryTextAsItIs(String text, TestCluster cluster) {
    long index = cluster.master().add(text, 3).index();

    for (NodeClient node : List.of(cluster.master(), cluster.follower1(), cluster.follower2())) {
      assertThat(node.get("/messages?limit=1&from=" + index).texts()).containsExactly(text);
      assertThat(node.get("/messages/" + index).data().get("text").asString()).isEqualTo(text);
    }
  }

  @Test
  void keepsLargestMessageOnEveryNode(TestCluster cluster) {
    String text = "\u0001".repeat((1 << 20) - 4) + "\uD83D\uDE80";

    Reply added = cluster.master().add(text, 3);

    assertThat(added.status()).isEqualTo(200);
    for (NodeClient node : List.of(cluster.master(), cluster.follower2())) {
      Reply read = node.get("/messages/" + added.index());
      assertThat(read.data().get("text").asString().equals(text)).isTrue();
    }
  }

  @Test
  void showsFullRecord(TestCluster cluster) {
    long index = cluster.master().add("full", 3, "Idempotency-Key", "contract-full").index();

    Reply reply = cluster.master().get("/messages/" + index);
    JsonNode record = reply.data();

    assertThat(record.get("index").asLong()).isEqualTo(index);
    assertThat(record.get("epoch").asLong()).isPositive();
    assertThat(record.get("timestamp").asString()).isNotBlank();
    assertThat(record.get("key").asString()).isEqualTo("contract-full");
    assertThat(record.get("text").asString()).isEqualTo("full");
    assertThat(reply.number("Replication-Acks")).isEqualTo(3);
    Problems.requireProblem(cluster.master().get("/messages/99999999"), 404);
    Problems.requireProblem(cluster.follower1().get("/messages/99999999"), 404);
  }

  @Test
  void tellsStandInHeadersOfEveryRead(TestCluster cluster) {
    long index = cluster.master().add("stand", 3).index();

    Reply onMaster = cluster.master().get("/messages?limit=1");
    Reply onFollower =
        cluster.follower1().get("/messages?limit=1&min_index=" + index + "&wait_ms=5000");

    assertThat(onMaster.number("Log-Index")).isGreaterThanOrEqualTo(index);
    assertThat(onMaster.header("Node")).isEqualTo(MASTER);
    assertThat(onFollower.number("Log-Index")).isGreaterThanOrEqualTo(index);
    assertThat(onFollower.header("Node")).isEqualTo(FOLLOWER_1);
    assertThat(onFollower.number("Commit-Index")).isNotNegative();
    assertThat(onFollower.header("Log-Id")).isNotBlank().isEqualTo(onMaster.header("Log-Id"));
    assertThat(onFollower.header("Log-Epoch")).isEqualTo(onMaster.header("Log-Epoch"));
  }

  @Test
  void sendsWritersFromFollowerToMaster(TestCluster cluster) {
    Reply reply = cluster.follower1().add("redirected", 1);

    assertThat(reply.status()).isEqualTo(307);
    assertThat(reply.header("Location"))
        .isEqualTo("http://127.0.0.1:" + cluster.master().port() + "/add");
    assertThat(cluster.master().texts()).doesNotContain("redirected");
  }

  @Test
  void letsCurlFollowFromFollowerToMaster(TestCluster cluster) {
    Tools.require("curl", "curl");
    String url = "http://localhost:" + cluster.follower2().port() + "/add";

    Program.Result result =
        new Program(Repository.root())
            .run(
                Duration.ofSeconds(30),
                List.of(
                    "curl",
                    "-sSL",
                    "-H",
                    "Content-Type: application/json",
                    "-d",
                    "{\"data\":\"by curl\",\"write_concern\":2}",
                    url));

    assertThat(result.output())
        .isEqualTo(
            "{\"status_code\":200,\"message\":\"Message added successfully\",\"data\":null}");
    assertThat(cluster.master().texts()).containsOnlyOnce("by curl");
  }

  @Test
  void listsWhatItServes(TestCluster cluster) {
    Reply master = cluster.master().get("/", "Accept", "application/json");
    Reply follower = cluster.follower1().get("/", "Accept", "application/json");

    assertThat(master.status()).isEqualTo(200);
    assertThat(master.text()).contains("/add", "/messages", "/health");
    assertThat(follower.status()).isEqualTo(200);
    assertThat(follower.text()).contains("/messages", "/health");
  }

  @Test
  void answersHeadLikeGetWithoutBody(TestCluster cluster) {
    Reply reply = cluster.master().send("HEAD", "/messages", new byte[0]);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.bytes()).isEmpty();
    assertThat(reply.header("Log-Index")).isNotEmpty();
  }

  @Test
  void showsWholeClusterInHealthOfMaster(TestCluster cluster) {
    cluster.awaitInSync();

    Reply reply = cluster.master().get("/health");
    JsonNode data = reply.data();

    assertThat(reply.json().propertyNames()).containsExactly("status_code", "message", "data");
    assertThat(data.propertyNames())
        .containsExactly(
            "node",
            "role",
            "log_id",
            "epoch",
            "last_index",
            "durable_index",
            "commit_index",
            "writable",
            "reason",
            "fsync",
            "blocked_writes",
            "followers");
    assertThat(data.get("node").asString()).isEqualTo("master");
    assertThat(data.get("role").asString()).isEqualTo("master");
    assertThat(data.get("writable").asBoolean()).isTrue();
    assertThat(data.get("reason").isNull()).isTrue();
    assertThat(data.get("fsync").asString()).isEqualTo("always");
    assertThat(data.get("followers").size()).isEqualTo(2);
    JsonNode follower = data.get("followers").get(0);
    assertThat(follower.propertyNames())
        .containsExactly(
            "node",
            "url",
            "status",
            "state",
            "match_index",
            "lag",
            "round_trip_ms",
            "last_contact_ms",
            "delay_ms",
            "fsync",
            "last_error",
            "next_attempt_ms");
    assertThat(follower.get("node").asString()).isEqualTo(FOLLOWER_1);
    assertThat(follower.get("delay_ms").asLong()).isZero();
    assertThat(follower.get("last_error").isNull()).isTrue();
  }

  @Test
  void showsFollowerAndItsMasterInHealthOfFollower(TestCluster cluster) {
    JsonNode data = cluster.follower1().health();

    assertThat(data.get("node").asString()).isEqualTo(FOLLOWER_1);
    assertThat(data.get("role").asString()).isEqualTo("follower");
    assertThat(data.has("followers")).isFalse();
    assertThat(data.has("master")).isTrue();
    assertThat(data.get("log_id").asString())
        .isEqualTo(cluster.master().health().get("log_id").asString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/actuator/health",
        "/actuator/health/liveness",
        "/actuator/health/readiness",
        "/livez",
        "/readyz",
        "/actuator/info",
        "/actuator/prometheus"
      })
  void servesProbes(String path, TestCluster cluster) {
    assertThat(cluster.master().get(path).status()).isEqualTo(200);
    assertThat(cluster.follower1().get(path).status()).isEqualTo(200);
  }

  @Test
  void tellsWhetherWritesAreAcceptedInGroupOfItsOwn(TestCluster cluster) {
    assertThat(cluster.master().get("/actuator/health/quorum").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/actuator",
        "/actuator/env",
        "/actuator/beans",
        "/actuator/heapdump",
        "/actuator/loggers",
        "/actuator/shutdown",
        "/actuator/configprops",
        "/actuator/threaddump",
        "/actuator/mappings"
      })
  void hidesRestOfActuator(String path, TestCluster cluster) {
    Problems.requireProblem(cluster.master().get(path), 404);
    Problems.requireProblem(cluster.follower1().get(path), 404);
  }

  @Test
  void namesVersionInInfo(TestCluster cluster) {
    assertThat(Json.write(cluster.master().get("/actuator/info").json())).contains("version");
  }
}
