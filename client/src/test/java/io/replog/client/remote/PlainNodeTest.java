package io.replog.client.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PlainNodeTest {

  private HttpServer server;

  @BeforeEach
  void openServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void closeServer() {
    server.stop(0);
  }

  @Test
  @Timeout(60)
  void breaksOffAnAnswerWhoseBodyDoesNotEnd() {
    server.createContext(
        "/add",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
        });
    PlainNode node = PlainNode.at("http://127.0.0.1:" + server.getAddress().getPort());

    PlainNode.Answer answer = node.add("text", 1, Duration.ofMillis(500));

    assertThat(answer.status()).isZero();
    assertThat(answer.body()).contains("no whole answer within 500 ms");
  }
}
