package io.replog.connectors.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.connectors.testing.Await;
import io.replog.connectors.testing.Databases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls to the connectors, each with the status that it must have.
final class Calls {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int port;
  private final Map<String, String> headers;

  Calls(int port) {
    this(port, Map.of());
  }

  private Calls(int port, Map<String, String> headers) {
    this.port = port;
    this.headers = headers;
  }

  /// The same with a header.
  Calls with(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new Calls(port, more);
  }

  JsonNode get(String path, int status) {
    return send("GET", path, "", status);
  }

  JsonNode post(String path, String body, int status) {
    return send("POST", path, body, status);
  }

  JsonNode put(String path, String body, int status) {
    return send("PUT", path, body, status);
  }

  JsonNode send(String method, String path, String body, int status) {
    return checked(method, path, exchange(method, path, body), status);
  }

  /// Empty when they say that they cannot just now.
  Optional<JsonNode> sendIfReady(String method, String path, String body, int status) {
    HttpResponse<String> answer = exchange(method, path, body);
    return answer.statusCode() == 503
        ? Optional.empty()
        : Optional.of(checked(method, path, answer, status));
  }

  private static JsonNode checked(
      String method, String path, HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as("%s %s: %s", method, path, answer.body()).isEqualTo(status);
    return JsonMapper.shared().readTree(answer.body());
  }

  void awaitDatabases() {
    Await.until(() -> Databases.haveAnswered(get("/branches", 200).path("data")));
  }

  void status(String path, int status) {
    assertThat(page(path).statusCode()).isEqualTo(status);
  }

  HttpResponse<String> page(String path) {
    return exchange("GET", path, "");
  }

  private HttpResponse<String> exchange(String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofMinutes(3))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted");
    }
  }
}
