package io.replog.master.kit;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client of one master, over real connections.
public final class TestClient implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final URI master;
  private final JsonMapper json = new JsonMapper();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public TestClient(TestMaster master) {
    this.master = master.uri();
  }

  /// Adds with a body of JSON.
  ///
  /// @param headers names and values in turn
  public HttpResponse<String> add(String body, String... headers) {
    return addLater(body, headers).join();
  }

  /// The same without waiting.
  public CompletableFuture<HttpResponse<String>> addLater(String body, String... headers) {
    HttpRequest.Builder request =
        to("/add").header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.sendAsync(request.build(), BodyHandlers.ofString());
  }

  public HttpResponse<String> get(String path) {
    return http.sendAsync(to(path).GET().build(), BodyHandlers.ofString()).join();
  }

  /// Sends anything.
  public HttpResponse<String> post(String path, String body, String... headers) {
    HttpRequest.Builder request = to(path).POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.sendAsync(request.build(), BodyHandlers.ofString()).join();
  }

  /// Sends anything by any method.
  public HttpResponse<String> send(String method, String path, String body, String... headers) {
    return http.sendAsync(
            to(path).method(method, BodyPublishers.ofString(body)).headers(headers).build(),
            BodyHandlers.ofString())
        .join();
  }

  /// The member `data` of the answer to a GET.
  public JsonNode data(String path) {
    return json.readTree(get(path).body()).get("data");
  }

  /// Reads an answer.
  public JsonNode json(HttpResponse<String> response) {
    return json.readTree(response.body());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(master.resolve(path)).timeout(PATIENCE);
  }
}
