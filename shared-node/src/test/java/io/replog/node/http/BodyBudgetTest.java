package io.replog.node.http;

import static io.replog.testnode.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.testnode.RunningNode;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BodyBudgetTest {

  private static final String HALF_SENT =
      "POST /add HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
          + "Content-Length: 50000\r\n\r\n{\"data\":\""
          + "x".repeat(15_000);

  @TempDir Path directory;

  @Test
  void takesUpToItsLimitAndAgainWhatWasGivenBack() {
    BodyBudget budget = new BodyBudget(100);

    assertThat(budget.take(0, 60)).isTrue();
    assertThat(budget.take(0, 41)).isFalse();
    assertThat(budget.take(0, 40)).isTrue();
    budget.give(60);

    assertThat(budget.take(0, 60)).isTrue();
    assertThat(budget.used()).isEqualTo(100);
  }

  @Test
  void letsABodyThatIsAloneThrough() {
    BodyBudget budget = new BodyBudget(100);

    assertThat(budget.take(0, 90)).isTrue();
    assertThat(budget.take(90, 90)).isTrue();
    assertThat(budget.take(0, 1)).isFalse();
  }

  @Test
  void refusesClientsButNotNodesWhileHalfSentBodiesHoldTheBudget() throws Exception {
    try (RunningNode node =
        RunningNode.start(
            directory,
            Map.of("MAX_MESSAGE_SIZE", "32KB"),
            "replog.http.body-budget=64KB",
            "replog.http.body-grace=1h",
            "server.tomcat.connection-timeout=1h")) {
      String json = "{\"data\":\"" + "y".repeat(20_000) + "\"}";
      assertThat(node.post("/add", json).statusCode()).isEqualTo(200);

      List<Socket> halfSent = openHalfSent(node, 4);
      HttpResponse<String> refused =
          await().until(() -> node.post("/add", json), answer -> answer.statusCode() != 200);
      HttpResponse<String> between =
          node.post("/replicate", json, "Cluster-Token", RunningNode.TOKEN);

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(refused.body()).contains("TOO_MANY_BODIES");
      assertThat(between.statusCode()).isEqualTo(200);
      for (Socket socket : halfSent) {
        socket.close();
      }
      await().until(() -> node.post("/add", json).statusCode() == 200);
    }
  }

  private static List<Socket> openHalfSent(RunningNode node, int count) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Socket socket = new Socket("127.0.0.1", node.port());
      socket.getOutputStream().write(HALF_SENT.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      sockets.add(socket);
    }
    return sockets;
  }
}
