package io.replog.system.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.replog.system.kit.NodeClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A call of any test fails when the answer is none that the documents describe.
class DocumentWitnessTest {

  private final HttpServer node;

  DocumentWitnessTest() throws IOException {
    node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.start();
  }

  @AfterEach
  void stop() {
    node.stop(0);
  }

  private NodeClient answering(int status, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    node.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    return new NodeClient("http://127.0.0.1:" + node.getAddress().getPort());
  }

  @Test
  void objectsToAnUndescribedStatus() {
    NodeClient client = answering(418, "{}");

    assertThatThrownBy(() -> client.get("/health"))
        .hasRootCauseInstanceOf(AssertionError.class)
        .hasMessageContaining("GET /health")
        .hasMessageContaining("status 418 is not described");
  }

  @Test
  void objectsToAnUndescribedBody() {
    NodeClient client = answering(200, "{\"data\":{\"surprise\":1}}");

    assertThatThrownBy(() -> client.get("/health?of=master"))
        .hasRootCauseInstanceOf(AssertionError.class)
        .hasMessageContaining("surprise");
  }

  @Test
  void saysNothingOfPathsThatNoDocumentHas() {
    NodeClient client = answering(418, "{}");

    assertThat(client.get("/of-somebody-else").status()).isEqualTo(418);
  }
}
