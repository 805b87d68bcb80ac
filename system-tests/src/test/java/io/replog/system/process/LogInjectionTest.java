package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.replog.system.kit.Json;
import io.replog.system.kit.NodeClient;
import io.replog.system.kit.RawHttp;
import io.replog.system.kit.TestCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Whoever may write something that ends up in a log, a client, a follower or a master, tries to
/// write a line of his own.
class LogInjectionTest {

  private static final String FORGED = "12:34:56.789 INFO  forged";
  private static final String ATTACK = "x\r\n" + FORGED + "\u001b[2J\u202e\u2028\u0085" + FORGED;
  private static final String ESCAPED_ATTACK =
      "x%0d%0a12:34:56.789%20INFO%20%20forged%1b%5b2J%e2%80%ae";
  private static final Pattern PLAIN_LINE =
      Pattern.compile(
          "\\d\\d:\\d\\d:\\d\\d\\.\\d{3} (INFO |WARN |ERROR) .*|\tat .*|Caused by: .*|");
  private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\t]]");

  private HttpServer liar;
  private TestCluster cluster;

  @BeforeEach
  void startLiar() throws IOException {
    liar = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    liar.createContext("/", exchange -> answer(exchange, 500, Json.write(new Problem(ATTACK))));
    liar.createContext("/heartbeat", exchange -> answer(exchange, 200, standing()));
    liar.start();
  }

  @AfterEach
  void stopAll() {
    liar.stop(0);
    if (cluster != null) {
      cluster.close();
    }
  }

  private record Problem(String message) {}

  @ParameterizedTest
  @ValueSource(strings = {"plain", "json"})
  void letsNobodyWriteLineOfHisOwn(String format) throws IOException {
    cluster =
        TestCluster.laidOut(
            "log-injection",
            settings ->
                settings
                    .followers(1)
                    .set("LOG_FORMAT", format)
                    .set("LOG_MESSAGES", "on")
                    .set("BOOTSTRAP", "alone"));
    cluster
        .nodes()
        .set(MASTER, "FOLLOWERS", "follower-1=http://127.0.0.1:" + liar.getAddress().getPort());
    cluster.start(MASTER, FOLLOWER_1);
    cluster.awaitWritable();

    attackAsClient(cluster.master());
    attackAsClient(cluster.follower1());
    attackAsMaster();

    awaitLine(MASTER, "append #1");
    awaitLine(MASTER, "answered 500|takes nothing|CORRUPT");
    awaitLine(FOLLOWER_1, "refused, ");
    for (String node : List.of(MASTER, FOLLOWER_1)) {
      assertThat(cluster.lines(node)).allMatch(line -> isHonest(format, line), "honest line");
    }
    assertThat(cluster.lines(MASTER)).anyMatch(line -> line.contains("forged"));
    assertThat(cluster.lines(FOLLOWER_1)).anyMatch(line -> line.contains("forged"));
  }

  /// The negative control of this test's own eyes.
  @Test
  void knowsForgedLineWhenItSeesOne() {
    assertThat(isHonest("plain", FORGED)).isFalse();
    assertThat(isHonest("plain", "forged")).isFalse();
    assertThat(isHonest("plain", "12:34:56.789 INFO  append #1\u001b[2J")).isFalse();
    assertThat(isHonest("json", FORGED)).isFalse();
    assertThat(isHonest("json", "{\"level\":\"INFO\",\"message\":\"forged\"}")).isFalse();
    assertThat(isHonest("plain", "12:34:56.789 INFO  append #1")).isTrue();
  }

  private void attackAsClient(NodeClient node) throws IOException {
    node.add(ATTACK, 1);
    node.add("keyed", 1, "Idempotency-Key", FORGED.replace(' ', '_'));
    node.get("/messages?from=" + ESCAPED_ATTACK);
    node.get("/messages?read_concern=" + ESCAPED_ATTACK);
    node.get("/messages/" + ESCAPED_ATTACK);
    node.get("/problems/" + ESCAPED_ATTACK);
    node.get("/nothing/" + ESCAPED_ATTACK);
    node.post("/add", "{\"data\":\"x\",\"write_concern\":" + Json.write(ATTACK) + "}");
    node.post("/add", Json.write(ATTACK));
    for (String header :
        List.of("Host", "Accept", "User-Agent", "Idempotency-Key", "Last-Event-ID", "Origin")) {
      String value = header.equals("Host") ? "" : "Host: x\r\n";
      for (String attack : List.of("\u001b[2J" + FORGED, "\r" + FORGED, "\n " + FORGED)) {
        RawHttp.exchange(
            node,
            "GET /messages HTTP/1.1\r\n%s%s: a%s\r\nConnection: close\r\n\r\n"
                .formatted(value, header, attack));
      }
    }
    RawHttp.exchange(node, "GET /a\u001b[2J" + FORGED + " HTTP/1.1\r\nHost: x\r\n\r\n");
    RawHttp.exchange(node, "\u001b[2J" + FORGED + "\r\n\r\n");
  }

  private void attackAsMaster() {
    String token = cluster.nodes().token();
    for (String field : List.of("cluster_id", "log_id", "start_id")) {
      cluster.follower1().post("/replicate", replicate(field), "Cluster-Token", token);
    }
    cluster.follower1().post("/heartbeat", replicate("start_id"), "Cluster-Token", token);
    cluster.follower1().post("/replicate", replicate("none"), "Cluster-Token", ATTACK_TOKEN);
  }

  private static final String ATTACK_TOKEN = "\t" + FORGED;

  private static String replicate(String attacked) {
    return """
    {"cluster_id":%s,"log_id":%s,"epoch":1,"start_id":%s,"previous":{"index":0,"epoch":0,
     "chain":"0000000000000000"},"entries":[],"durable_index":0,"commit_index":0}\
    """
        .formatted(
            Json.write(attacked.equals("cluster_id") ? ATTACK : "replog"),
            Json.write(attacked.equals("log_id") ? ATTACK : "log"),
            Json.write(attacked.equals("start_id") ? ATTACK : "start"));
  }

  private static String standing() {
    return """
    {"status_code":200,"message":"ok","data":{"node":%1$s,"incarnation":%1$s,"log_id":%1$s,
     "promised_epoch":0,"position":{"index":0,"epoch":0,"chain":"0000000000000000"},"delay_ms":0,
     "fsync":"always","fault":"CORRUPT","error":%1$s}}\
    """
        .formatted(Json.write(ATTACK));
  }

  private static void answer(com.sun.net.httpserver.HttpExchange exchange, int status, String json)
      throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /// Whether a line is one that the node itself has begun.
  private static boolean isHonest(String format, String line) {
    if (format.equals("plain")) {
      return PLAIN_LINE.matcher(line).matches()
          && !line.startsWith(FORGED)
          && !UNFIT.matcher(line).find();
    }
    if (!line.startsWith("{")) {
      return false;
    }
    JsonNode json = Json.parse(line);
    String message = json.path("message").asString();
    return json.has("@timestamp")
        && json.has("logger_name")
        && !UNFIT.matcher(line).find()
        && !message.startsWith("forged")
        && !UNFIT.matcher(message).find();
  }

  private void awaitLine(String node, String pattern) {
    Pattern wanted = Pattern.compile(pattern);
    await(pattern + " in the log of " + node)
        .atMost(TestCluster.LIMIT)
        .until(() -> cluster.lines(node).stream().anyMatch(line -> wanted.matcher(line).find()));
  }
}
