package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.replog.client.Home;
import io.replog.client.Replog;
import io.replog.client.terminal.Console;
import io.replog.system.kit.Json;
import io.replog.system.kit.TestCluster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `replog verify` against a real cluster, and against one with a node that lies.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerifyTest {

  private static final int COUNT = 300;

  @TempDir Path home;

  private TestCluster cluster;

  @BeforeAll
  void startCluster() {
    cluster = TestCluster.running("verify", settings -> settings);
    for (int i = 1; i < COUNT; i++) {
      cluster.master().add("text " + i + " \u0000 ¿sí? 🜁", 1);
    }
    cluster.master().add("the last", 3, "Idempotency-Key", "a-key");
  }

  @AfterAll
  void stopCluster() {
    cluster.close();
  }

  @Test
  void findsHealthyClusterEqual() {
    Outcome outcome = verify(url(MASTER), url(FOLLOWER_1), url(FOLLOWER_2));

    assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
    assertThat(outcome.json().path("equal_up_to").intValue()).isEqualTo(COUNT);
    assertThat(outcome.json().path("nodes").findValuesAsString("last_index"))
        .containsExactly("300", "300", "300");
    assertThat(outcome.json().path("nodes").findValuesAsString("log_id"))
        .doesNotContain("")
        .containsOnly(outcome.json().at("/nodes/0/log_id").asString());
  }

  @Test
  void namesIndexAtWhichOneByteWasChanged() throws IOException {
    String records = cluster.follower2().get("/messages", "Accept", "application/x-ndjson").text();
    String damaged = records.replace("text 217 ", "text 297 ");
    HttpServer liar = serving(damaged);
    try {
      Outcome outcome =
          verify(
              url(MASTER),
              url(FOLLOWER_1),
              "http://127.0.0.1:%d".formatted(liar.getAddress().getPort()));

      assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(1);
      assertThat(outcome.json().path("equal_up_to").intValue()).isEqualTo(216);
      assertThat(outcome.json().at("/first_difference/index").intValue()).isEqualTo(217);
      assertThat(outcome.json().at("/first_difference/held/follower-2/text_extract").asString())
          .startsWith("text 297 ");
      assertThat(outcome.json().at("/first_difference/held/master/text_extract").asString())
          .startsWith("text 217 ");
    } finally {
      liar.stop(0);
    }
  }

  private record Outcome(int exitCode, String output) {
    JsonNode json() {
      return Json.parse(output);
    }
  }

  private String url(String node) {
    return cluster.nodes().url(node);
  }

  private Outcome verify(String master, String... followers) {
    List<String> line = new ArrayList<>(List.of("verify", "--json", "--master", master));
    Stream.of(followers).forEach(follower -> line.addAll(List.of("--follower", follower)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Console console =
        new Console(stream, stream, new ByteArrayInputStream(new byte[0]), false, false);
    Home nowhere = new Home(home, Map.of(), TestCluster.programs());
    int exitCode = Replog.run(nowhere, console, line.toArray(String[]::new));
    return new Outcome(exitCode, out.toString(StandardCharsets.UTF_8));
  }

  private static HttpServer serving(String records) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] body = records.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/messages",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }
}
