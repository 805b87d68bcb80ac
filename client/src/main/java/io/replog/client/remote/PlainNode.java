package io.replog.client.remote;

import io.replog.client.Failure;
import io.replog.client.tls.TlsFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// A node, spoken to by the original contract alone: any implementation of it will do.
public final class PlainNode {

  private static final int MAX_BODY_MIB = 64;
  private static final Duration LIST_LIMIT = Duration.ofSeconds(30);
  private static final BodyHandler<String> BODY =
      BodyHandlers.limiting(
          BodyHandlers.ofString(StandardCharsets.UTF_8), MAX_BODY_MIB * 1024L * 1024);

  /// What a node answered.
  ///
  /// @param status HTTP status, 0 when no answer came
  /// @param body as text; without an answer, why there is none
  /// @param seconds from the sending of the request until the answer was there
  public record Answer(int status, String body, double seconds) {

    public boolean isSuccess() {
      return status == 200;
    }

    /// Why there is no success, for people.
    String reason() {
      return status == 0 ? body : "HTTP " + status;
    }

    /// The body as JSON; a missing node when it is none.
    public JsonNode json() {
      return Http.json(body);
    }
  }

  private final Http http;
  private final String url;

  PlainNode(Http http, String url) {
    this.http = http;
    this.url = url;
  }

  /// A node that asks clients for nothing.
  ///
  /// @param url its address, without a slash at its end
  public static PlainNode at(String url) {
    return new PlainNode(new Http(TlsFiles.NONE, null), url);
  }

  public String url() {
    return url;
  }

  /// Adds a message and waits until as many nodes hold it.
  ///
  /// @param limit after which the call is broken off, its outcome unknown
  public Answer add(String text, int concern, Duration limit) {
    return send(new AddRequest(text, Integer.toString(concern), null, null).toHttp(url), limit);
  }

  /// Asks for something to be added in words of its own.
  ///
  /// @param json the body, well-formed or not
  public Answer postAdd(String json, Duration limit) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/add"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build();
    return send(request, limit);
  }

  /// The same as [#add] on a thread of its own; there is an answer at `limit` at the latest.
  public CompletableFuture<Answer> addLater(String text, int concern, Duration limit) {
    Answer none = new Answer(0, "no answer came", limit.toMillis() / 1e3);
    return CompletableFuture.supplyAsync(
            () -> add(text, concern, limit), Thread::startVirtualThread)
        .completeOnTimeout(none, limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  public Answer get(String path) {
    return send(HttpRequest.newBuilder(URI.create(url + path)).build(), LIST_LIMIT);
  }

  /// Every text that the node shows.
  ///
  /// @throws Failure when it does not answer, or not as the contract says
  public List<String> texts() {
    Answer answer = get("/messages");
    JsonNode messages = answer.json().path("data");
    if (!answer.isSuccess() || !messages.isArray()) {
      throw Failure.refused(
          "%s does not list its messages, or more than %d MiB of them: %s"
              .formatted(url, MAX_BODY_MIB, answer.reason()));
    }
    return messages.valueStream().map(message -> message.path("text").asString("")).toList();
  }

  private Answer send(HttpRequest request, Duration limit) {
    long start = System.nanoTime();
    try {
      HttpResponse<String> answer = http.send(request, BODY, limit);
      return new Answer(answer.statusCode(), answer.body(), secondsSince(start));
    } catch (IOException failed) {
      return new Answer(0, Http.sentence(request.uri(), failed), secondsSince(start));
    }
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
