package io.replog.client.remote;

import io.replog.client.Failure;
import io.replog.client.Home;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.OptionalLong;

/// Asks a node how many messages it shows.
public final class LogSize {

  private LogSize() {}

  /// The last index that the node shows, or empty when it does not say.
  public static OptionalLong of(Home home, String url) {
    URI uri = URI.create(url + "/messages?limit=1");
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Http.SHORT).build();
    try {
      HttpResponse<Void> answer =
          new Http(home.tls(), Target.keyOf(home)).ask(request, BodyHandlers.discarding());
      return answer.headers().firstValueAsLong("Log-Index");
    } catch (Failure | NumberFormatException _) {
      return OptionalLong.empty();
    }
  }
}
