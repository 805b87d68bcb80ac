package io.replog.system.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.Json;
import io.replog.system.kit.Problems;
import io.replog.system.kit.Reply;
import io.replog.system.kit.SharedCluster;
import io.replog.system.kit.TestCluster;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every refusal is a problem that also carries the envelope, and appends nothing.
@ExtendWith(SharedCluster.class)
class RefusalTest {

  /// In every body that must not be appended, so that it would be found.
  private static final String MARK = "must-not-appear";

  private static final String[] JSON = {"Content-Type", "application/json"};

  static Stream<String> unusableBodies() {
    return Stream.of(
        "",
        "   ",
        "null",
        "[]",
        "123",
        "\"" + MARK + "\"",
        "{",
        "{}",
        "{'data':'" + MARK + "'}",
        "{data:\"" + MARK + "\"}",
        "{\"data\":\"" + MARK + "\",}",
        "{\"data\":\"" + MARK + "\"} x",
        "{\"data\":\"" + MARK + "\"}{}",
        "{\"data\":\"" + MARK + "\"},",
        "{\"data\":\"a\",\"data\":\"" + MARK + "\"}",
        "{\"data\":\"" + MARK + "\",\"other\":1,\"other\":2}",
        "{\"data\":\"" + MARK + "\",\"write_concern\":1,\"write_concern\":1}",
        "{/**/\"data\":\"" + MARK + "\"}",
        "{\"data\":\"" + MARK + "\",\"write_concern\":01}",
        "{\"data\":\"" + MARK + "\",\"write_concern\":NaN}",
        "{\"data\":\"" + MARK + "\n\"}",
        "{\"data\":\"" + MARK + "\\x41\"}",
        "{\"data\":\"" + MARK + "\\ud800\"}",
        "{\"data\":\"" + MARK + "\\udc00\\ud800\"}",
        "{\"data\":\"" + MARK + "\\ud800x\"}",
        "{\"data\":\"" + MARK + "\",\"write_concern\":" + "9".repeat(1_000) + "}",
        "{\"data\":\"" + MARK + "\",\"deep\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}",
        "{\"data\":\"" + MARK + "\",\"deep\":" + "{\"a\":".repeat(500) + "1" + "}".repeat(501));
  }

  @ParameterizedTest
  @MethodSource("unusableBodies")
  void refusesWhatIsNotMessage(String body, TestCluster cluster) {
    requireRefused(cluster, cluster.master().send("POST", "/add", orSpace(body), JSON), 400);
  }

  /// A body is sent with a length even when it is empty.
  private static byte[] orSpace(String body) {
    return (body.isEmpty() ? " " : body).getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "5", "1.5", "true", "[]", "{}", "[\"text\"]"})
  void refusesDataThatIsNoString(String data, TestCluster cluster) {
    Reply reply = cluster.master().post("/add", "{\"data\":%s}".formatted(data));

    requireRefused(cluster, reply, 400);
    assertThat(reply.json().get("message").asString()).contains("data");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "4",
        "1.0",
        "1e0",
        "2.5",
        "1E2",
        "\"2\"",
        "\"two\"",
        "\"\"",
        "\"MAJORITY!\"",
        "true",
        "null",
        "[]",
        "[1]",
        "{}",
        "2147483648",
        "4294967297",
        "9223372036854775808",
        "18446744073709551617"
      })
  void refusesOtherWriteConcerns(String concern, TestCluster cluster) {
    Reply reply =
        cluster
            .master()
            .post("/add", "{\"data\":\"%s\",\"write_concern\":%s}".formatted(MARK, concern));

    requireRefused(cluster, reply, 400);
    assertThat(reply.json().get("message").asString()).contains("write_concern");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "86400001",
        "1.0",
        "1e3",
        "\"5\"",
        "true",
        "[]",
        "99999999999999999999"
      })
  void refusesOtherTimeouts(String timeout, TestCluster cluster) {
    Reply reply =
        cluster
            .master()
            .post("/add", "{\"data\":\"%s\",\"timeout_ms\":%s}".formatted(MARK, timeout));

    requireRefused(cluster, reply, 400);
    assertThat(reply.json().get("message").asString()).contains("timeout_ms");
  }

  static Stream<byte[]> bytesThatAreNoUtf8() {
    return Stream.of("ff", "c0af", "eda080", "e282", "f4908080", "80")
        .map(hex -> HexFormat.of().parseHex(hex));
  }

  @ParameterizedTest
  @MethodSource("bytesThatAreNoUtf8")
  void refusesBytesThatAreNoUtf8(byte[] wrong, TestCluster cluster) {
    byte[] head = ("{\"data\":\"" + MARK).getBytes(StandardCharsets.UTF_8);
    byte[] tail = "\"}".getBytes(StandardCharsets.UTF_8);
    byte[] body = Arrays.copyOf(head, head.length + wrong.length + tail.length);
    System.arraycopy(wrong, 0, body, head.length, wrong.length);
    System.arraycopy(tail, 0, body, head.length + wrong.length, tail.length);

    requireRefused(cluster, cluster.master().send("POST", "/add", body, JSON), 400);
  }

  @Test
  void readsByteOrderMarkOrRefusesIt(TestCluster cluster) {
    Reply reply = cluster.master().post("/add", "\uFEFF{\"data\":\"marked\"}");

    assertThat(reply.status()).isIn(200, 400);
  }

  @Test
  void refusesMessageAboveItsLimit(TestCluster cluster) {
    String inBytes = MARK + "é".repeat(1 << 19);

    requireRefused(cluster, cluster.master().add(inBytes, 1), 413);
    requireRefused(
        cluster, cluster.master().add(MARK + "x".repeat((6 << 20) + (64 << 10)), 1), 413);
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/xml",
    "nonsense"
  })
  void refusesOtherMediaTypes(String type, TestCluster cluster) {
    Reply reply =
        cluster.master().post("/add", "{\"data\":\"" + MARK + "\"}", "Content-Type", type);

    assertThat(reply.status()).isIn(400, 415);
    requireRefused(cluster, reply, type.contains("/") ? 415 : reply.status());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /add, POST", "PUT, /add, POST", "DELETE, /add, POST", "POST, /messages, GET",
    "DELETE, /messages, GET", "PUT, /messages/1, GET", "POST, /health, GET", "PATCH, /health, GET"
  })
  void refusesOtherMethods(String method, String path, String allowed, TestCluster cluster) {
    byte[] body = method.equals("GET") ? new byte[0] : "{}".getBytes(StandardCharsets.UTF_8);

    Reply reply = cluster.master().send(method, path, body);

    requireRefused(cluster, reply, 405);
    assertThat(reply.header("Allow")).contains(allowed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/nothing", "/add/", "/add/1", "/messages/1/2", "/Messages", "/favicon", "/error"})
  void refusesUnknownPaths(String path, TestCluster cluster) {
    requireRefused(cluster, cluster.master().get(path), 404);
    requireRefused(cluster, cluster.follower1().get(path), 404);
  }

  @Test
  void hasNoReplicateOnMaster(TestCluster cluster) {
    Reply reply =
        cluster.master().post("/replicate", "{}", "Cluster-Token", cluster.nodes().token());

    assertThat(reply.status()).isIn(404, 405);
    Problems.requireBody(reply.text(), reply.status());
  }

  @Test
  void saysTheSameAsJsonToThoseWhoAskForIt(TestCluster cluster) {
    String body = "{\"data\":5}";

    Reply plain = cluster.master().post("/add", body);
    Reply json = cluster.master().post("/add", body, "Accept", "application/json");
    Reply weighted =
        cluster.master().post("/add", body, "Accept", "text/html, application/json;q=0.1");
    Reply both =
        cluster.master().post("/add", body, "Accept", "application/json, application/problem+json");
    Reply other = cluster.master().post("/add", body, "Accept", "text/html");

    Problems.requireProblem(plain, 400);
    for (Reply reply : List.of(json, weighted)) {
      assertThat(reply.header("Content-Type")).startsWith("application/json");
      assertThat(reply.bytes()).isEqualTo(plain.bytes());
    }
    Problems.requireProblem(both, 400);
    Problems.requireProblem(other, 400);
    assertThat(both.bytes()).isEqualTo(plain.bytes());
  }

  @Test
  void namesFieldValueAndWhatIsAllowed(TestCluster cluster) {
    Reply reply = cluster.master().post("/add", "{\"data\":\"x\",\"write_concern\":7}");

    assertThat(reply.json().get("message").asString()).contains("write_concern", "7", "3");
    assertThat(reply.json().get("instance").asString()).isEqualTo("/add");
  }

  @Test
  void explainsItsTypes(TestCluster cluster) {
    String type = cluster.master().get("/nothing").json().get("type").asString();

    assertThat(cluster.master().get(type).status()).isEqualTo(200);
  }

  private static void requireRefused(TestCluster cluster, Reply reply, int status) {
    Problems.requireProblem(reply, status);
    assertThat(Json.write(cluster.master().texts())).doesNotContain(MARK);
  }
}
