package io.replog.system.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// Talks to one node as any client of it would. It follows no redirect and repeats nothing.
public final class NodeClient {

  /// How long a call may take at most. Far above what any test expects.
  private static final Duration LIMIT = Duration.ofSeconds(240);

  private static volatile Witness witness = (_, _, _) -> {};

  private static final HttpClient HTTP = connections(Duration.ofSeconds(10));

  private final String base;
  private final HttpClient http;
  private final Duration limit;
  private final List<String> always;
  private final boolean watched;

  /// Sees every answer that any client gets. What it throws fails the call.
  @FunctionalInterface
  public interface Witness {

    /// @param path with the query
    void saw(String method, String path, Reply reply);
  }

  /// Has one witness from here on, in place of the one before.
  public static void watchedBy(Witness other) {
    witness = other;
  }

  /// @param base such as `http://127.0.0.1:6061`
  public NodeClient(String base) {
    this(base, HTTP, LIMIT);
  }

  /// @param http see [#connections]; who gives it closes it
  /// @param limit how long a call may take at most, its answer's body included
  public NodeClient(String base, HttpClient http, Duration limit) {
    this(base, http, limit, List.of(), true);
  }

  private NodeClient(
      String base, HttpClient http, Duration limit, List<String> always, boolean watched) {
    this.base = base;
    this.http = http;
    this.limit = limit;
    this.always = always;
    this.watched = watched;
  }

  /// The same without the witness: somebody who lies, not a node, is spoken to.
  public NodeClient unwatched() {
    return new NodeClient(base, http, limit, always, false);
  }

  /// The same node, spoken to by `other`.
  ///
  /// @param headers names and values in turn, for every request, in place of those before
  public NodeClient by(HttpClient other, String... headers) {
    return new NodeClient(base, other, limit, List.of(headers), watched);
  }

  /// The same node, with calls that take this long at most.
  public NodeClient within(Duration other) {
    return new NodeClient(base, http, other, always, watched);
  }

  /// The same connections with these headers in every request, in place of those before.
  public NodeClient saying(String... headers) {
    return by(http, headers);
  }

  /// Connections of their own, to be closed by the caller.
  ///
  /// @param connectLimit how long connecting may take
  public static HttpClient connections(Duration connectLimit) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(connectLimit)
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .build();
  }

  public URI uri(String path) {
    return URI.create(base + path);
  }

  public int port() {
    return uri("/").getPort();
  }

  /// @param headers names and values in turn
  public Reply get(String path, String... headers) {
    return send("GET", path, new byte[0], headers);
  }

  /// Posts JSON, unless `headers` name another content type.
  public Reply post(String path, String body, String... headers) {
    return send("POST", path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  public Reply send(String method, String path, byte[] body, String... headers) {
    return Replies.now(sendLater(method, path, body, headers));
  }

  /// The answer to come. It fails with the [IOException] of the transport.
  public CompletableFuture<Reply> sendLater(
      String method, String path, byte[] body, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(limit);
    named(headers, body.length > 0).forEach(request::header);
    request.method(
        method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    long start = System.nanoTime();
    return http.sendAsync(request.build(), BodyHandlers.ofByteArray())
        .thenApply(
            response ->
                new Reply(
                    response.statusCode(),
                    response.headers(),
                    response.body(),
                    Duration.ofNanos(System.nanoTime() - start)))
        .whenComplete(
            (reply, _) -> {
              if (reply != null && watched) {
                witness.saw(method, path, reply);
              }
            })
        .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Map<String, String> named(String[] headers, boolean hasBody) {
    Map<String, String> named = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (hasBody) {
      named.put("Content-Type", "application/json");
    }
    for (int place = 0; place < always.size(); place += 2) {
      named.put(always.get(place), always.get(place + 1));
    }
    for (int place = 0; place < headers.length; place += 2) {
      named.put(headers[place], headers[place + 1]);
    }
    return named;
  }

  /// The body as it comes; any status but 200 is a failure, caused by a [RefusedException].
  public InputStream stream(String path, String... headers) {
    return open(path, headers).body();
  }

  /// The same with the headers of the answer; whoever asks closes the body.
  public HttpResponse<InputStream> open(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    named(headers, false).forEach(request::header);
    try {
      HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        response.body().close();
        throw new RefusedException(path, response.statusCode());
      }
      return response;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /// Adds a message; `concern` is a number or one of the words.
  public Reply add(String text, Object concern, String... headers) {
    return Replies.now(addLater(text, concern, headers));
  }

  public CompletableFuture<Reply> addLater(String text, Object concern, String... headers) {
    String body =
        "{\"data\":%s,\"write_concern\":%s}".formatted(Json.write(text), Json.write(concern));
    return sendLater("POST", "/add", body.getBytes(StandardCharsets.UTF_8), headers);
  }

  /// Every text that the node shows.
  public List<String> texts() {
    return get("/messages").texts();
  }

  /// `data` of `GET /health`.
  public JsonNode health() {
    return get("/health").data();
  }

  /// What the master's health says of one follower.
  public JsonNode healthOf(String follower) {
    for (JsonNode entry : health().get("followers")) {
      if (entry.get("node").asString().equals(follower)) {
        return entry;
      }
    }
    throw new AssertionError("/health does not mention " + follower);
  }

  @Override
  public String toString() {
    return base;
  }
}
