package io.replog.client.cluster;

import io.replog.client.tls.TlsFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Asks a node whether it answers. No answer is an answer too.
final class HttpProbe {

  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration REQUEST = Duration.ofSeconds(2);

  private final TlsFiles tls;

  /// Created at the first question: many commands ask none. Its threads end with the program.
  private @Nullable HttpClient client;

  HttpProbe(TlsFiles tls) {
    this.tls = tls;
  }

  private synchronized HttpClient client() {
    HttpClient created = client;
    if (created == null) {
      HttpClient.Builder builder =
          HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
      created = tls.applyTo(builder).build();
      client = created;
    }
    return created;
  }

  /// The status of the answer, or empty when none came in time.
  OptionalInt status(String url) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(REQUEST).build();
    try {
      return OptionalInt.of(client().send(request, BodyHandlers.discarding()).statusCode());
    } catch (IOException _) {
      return OptionalInt.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }
}
