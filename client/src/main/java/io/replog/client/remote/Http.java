package io.replog.client.remote;

import io.replog.client.Failure;
import io.replog.client.terminal.Printable;
import io.replog.client.tls.TlsFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The way to the nodes, and what its failures mean.
final class Http {

  /// For requests that a node answers from what it has at hand.
  static final Duration SHORT = Duration.ofSeconds(10);

  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient client;
  private final @Nullable String apiKey;

  /// @param apiKey sent with every request, null for none
  Http(TlsFiles tls, @Nullable String apiKey) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(CONNECT);
    this.client = tls.applyTo(builder).build();
    this.apiKey = apiKey;
  }

  /// Sends the request, with the key where there is one.
  ///
  /// @throws IOException when no answer came; [#neverSent] tells whether the node can have seen it
  <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) throws IOException {
    try {
      return client.send(withKey(request), handler);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted");
    }
  }

  /// Sends the request and reads the whole answer within `limit`; what takes longer is broken off.
  ///
  /// @throws IOException when there was no whole answer
  <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler, Duration limit)
      throws IOException {
    CompletableFuture<HttpResponse<T>> exchange = client.sendAsync(withKey(request), handler);
    try {
      return exchange.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      throw new HttpTimeoutException("no whole answer within %d ms".formatted(limit.toMillis()));
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException cause ? cause : new IOException(failed);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted");
    } finally {
      exchange.cancel(true);
    }
  }

  private HttpRequest withKey(HttpRequest request) {
    return apiKey == null
        ? request
        : HttpRequest.newBuilder(request, (_, _) -> true)
            .header("Authorization", "Bearer " + apiKey)
            .build();
  }

  /// Sends a request that changes nothing, or whose repetition does no harm.
  ///
  /// @throws Failure when no answer came
  <T> HttpResponse<T> ask(HttpRequest request, BodyHandler<T> handler) {
    try {
      return send(request, handler);
    } catch (IOException failed) {
      throw Failure.refused(sentence(request.uri(), failed));
    }
  }

  /// Whether it is certain that nothing of the request reached the node.
  static boolean neverSent(IOException failure) {
    return failure instanceof ConnectException
        || failure instanceof HttpConnectTimeoutException
        || failure instanceof NoRouteToHostException
        || failure instanceof SSLHandshakeException;
  }

  /// What broke a stream of lines.
  static IOException cause(UncheckedIOException failure) {
    return Objects.requireNonNull(failure.getCause(), "it is never made without a cause");
  }

  /// What happened, for people.
  static String sentence(URI uri, IOException failure) {
    String node = uri.getScheme() + "://" + uri.getAuthority();
    if (failure instanceof HttpConnectTimeoutException) {
      return "%s does not accept connections (no reply within %d s)"
          .formatted(node, CONNECT.toSeconds());
    }
    if (isUnknownHost(failure)) {
      return node + " is not there (unknown host)";
    }
    if (failure instanceof SSLException) {
      return "%s and this command do not trust each other (%s); see --ca"
          .formatted(node, reason(failure));
    }
    if (neverSent(failure)) {
      return node + " is not there (connection refused)";
    }
    return node + " broke off (" + reason(failure) + ")";
  }

  /// The client wraps it once or twice.
  private static boolean isUnknownHost(IOException failure) {
    return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(4)
        .anyMatch(UnresolvedAddressException.class::isInstance);
  }

  private static String reason(IOException failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank()
        ? failure.getClass().getSimpleName()
        : Printable.escape(message);
  }

  /// The body as JSON; a missing node when it is none.
  static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException _) {
      return JSON.missingNode();
    }
  }

  /// The `message` of an envelope or a problem, or what can be said without one.
  static String message(int status, String body) {
    JsonNode envelope = json(body);
    String message = envelope.path("message").asString(envelope.path("detail").asString(""));
    return message.isEmpty() ? "the answer is HTTP " + status : message;
  }
}
