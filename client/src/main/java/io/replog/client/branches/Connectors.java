package io.replog.client.branches;

import io.replog.client.Failure;
import io.replog.client.terminal.Printable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The connectors, over HTTP.
public final class Connectors {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

  /// Above what the connectors themselves allow a synchronisation.
  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(6);

  private static final int CREATED = 201;
  private static final int MOST_ROWS = 10_000;

  private final String url;
  private final @Nullable String key;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          .build();

  /// @param url base address, without a slash at its end
  /// @param key what they ask of callers, null for nothing
  public Connectors(String url, @Nullable String key) {
    this.url = url;
    this.key = key;
  }

  /// All branches and the head office.
  public JsonNode overview() {
    return ask("GET", "/branches", BodyPublishers.noBody());
  }

  /// Brings one branch up to date; returns when the head office has it.
  public JsonNode sync(String branch) {
    return ask("POST", path(branch, "sync"), BodyPublishers.noBody());
  }

  public JsonNode stop(String branch) {
    return ask("POST", path(branch, "stop"), BodyPublishers.noBody());
  }

  /// @param interval null for the one that was set before
  public JsonNode start(String branch, @Nullable Duration interval) {
    String body = interval == null ? "{}" : "{\"interval_ms\":%d}".formatted(interval.toMillis());
    return ask("POST", path(branch, "start"), BodyPublishers.ofString(body));
  }

  /// @param sale its fields
  /// @return the sale as the branch has it now
  public JsonNode addSale(String branch, JsonNode sale) {
    return ask("POST", path(branch, "sales"), BodyPublishers.ofString(sale.toString()));
  }

  /// One sale as the branch has it.
  public JsonNode sale(String branch, long id) {
    return ask("GET", path(branch, "sales/" + id), BodyPublishers.noBody());
  }

  /// Writes another sale over one that is there.
  public JsonNode changeSale(String branch, long id, JsonNode sale) {
    return ask("PUT", path(branch, "sales/" + id), BodyPublishers.ofString(sale.toString()));
  }

  /// Cuts the line to a branch, or mends it; the connectors must run with `FAULTS=on`.
  public JsonNode line(String branch, boolean up) {
    return ask("POST", path(branch, "line"), BodyPublishers.ofString("{\"up\":%b}".formatted(up)));
  }

  /// The newest sales of a branch, at most 10,000.
  public List<JsonNode> branchSales(String branch) {
    String path = path(branch, "sales?limit=" + MOST_ROWS);
    return ask("GET", path, BodyPublishers.noBody()).valueStream().toList();
  }

  /// What the head office has of them.
  public List<JsonNode> headOfficeSales(String branch) {
    String path = "/head-office/sales?branch=%s&limit=%d".formatted(encoded(branch), MOST_ROWS);
    return ask("GET", path, BodyPublishers.noBody()).valueStream().toList();
  }

  private static String path(String branch, String what) {
    return "/branches/%s/%s".formatted(encoded(branch), what);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// The member `data` of a good answer.
  ///
  /// @throws Failure when there is none
  private JsonNode ask(String method, String path, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(ANSWER_LIMIT)
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .method(method, body);
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    HttpResponse<String> answer = send(request.build(), method.equals("GET"));
    JsonNode envelope = json(answer.body());
    if (answer.statusCode() != 200 && answer.statusCode() != CREATED) {
      throw Failure.refused(
          Printable.escape(
              envelope.path("message").asString("the answer is HTTP " + answer.statusCode())));
    }
    return envelope.path("data");
  }

  private HttpResponse<String> send(HttpRequest request, boolean harmless) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (ConnectException _) {
      throw Failure.refused(
          "the connectors are not there (%s); start them: replog branches up".formatted(url));
    } catch (IOException failed) {
      String why = "the connectors broke off (%s)".formatted(failed.getMessage());
      throw harmless
          ? Failure.refused(why)
          : Failure.unknown(why + "; whether it was done is unknown: look with replog branches");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw Failure.unknown("interrupted; whether it was done is unknown");
    }
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException _) {
      return JSON.missingNode();
    }
  }
}
