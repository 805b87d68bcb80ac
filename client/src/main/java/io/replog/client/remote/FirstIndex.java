package io.replog.client.remote;

import io.replog.client.Failure;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/// Asks a node for the first index that it keeps.
final class FirstIndex {

  private FirstIndex() {}

  /// 1 when the node does not say.
  static long of(Http http, String url) {
    URI uri = URI.create(url + "/messages?limit=1");
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Http.SHORT).build();
    try {
      HttpResponse<Void> answer = http.ask(request, BodyHandlers.discarding());
      return answer.headers().firstValueAsLong("Log-First-Index").orElse(1);
    } catch (Failure | NumberFormatException _) {
      return 1;
    }
  }
}
