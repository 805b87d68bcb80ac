package io.replog.connectors.rabbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replog.connectors.ConnectorsApplication;
import io.replog.node.settings.Variables;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The connectors without a broker: because none is named, or because nobody is there.
class RabbitAwayTest {

  private final HttpClient http = HttpClient.newHttpClient();

  /// Has a port, and does not listen there.
  private final Socket deaf = new Socket();

  @TempDir private Path directory;
  private ConfigurableApplicationContext connectors;

  @BeforeEach
  void takePort() throws IOException {
    deaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @AfterEach
  void stop() throws IOException {
    connectors.close();
    http.close();
    deaf.close();
  }

  @Test
  void isOffWhenNoBrokerIsNamed() throws Exception {
    start(Map.of());

    assertThat(connectors.getBeansOfType(AmqpAdmin.class)).isEmpty();
    assertThat(connectors.getBeansOfType(RabbitSettings.class)).isEmpty();
    assertThat(get("/rabbitmq").get("message").asString()).contains("RABBITMQ_URI is not set");
    assertThat(get("/rabbitmq").get("data").get("in").isNull()).isTrue();
  }

  @Test
  void staysHealthyWhenBrokerIsAway() throws Exception {
    start(Map.of("RABBITMQ_URI", "amqp://127.0.0.1:" + deaf.getLocalPort()));

    await().atMost(Duration.ofSeconds(60)).until(() -> error("in") != null && error("out") != null);

    assertThat(error("in")).contains("the broker cannot be reached");
    assertThat(get("/rabbitmq").get("data").get("in").get("connected").asBoolean()).isFalse();
    assertThat(get("/rabbitmq").get("data").get("in").get("state").asString())
        .isEqualTo("TROUBLED");
    assertThat(get("/actuator/health").get("status").asString()).isEqualTo("UP");
  }

  private String error(String direction) throws Exception {
    return get("/rabbitmq").get("data").get(direction).get("last_error").asString(null);
  }

  private void start(Map<String, String> settings) {
    Map<String, String> values = new HashMap<>(settings);
    values.put("CONNECTORS_PORT", "0");
    values.put("LOG_URL", "http://127.0.0.1:" + deaf.getLocalPort());
    values.put("RABBITMQ_OUT_POSITION", directory.resolve("position.json").toString());
    connectors = ConnectorsApplication.start(new Variables(values));
  }

  private JsonNode get(String path) throws Exception {
    String port = connectors.getEnvironment().getProperty("local.server.port");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    return JsonMapper.builder().build().readTree(body);
  }
}
