package io.replog.client.remote;

import io.replog.client.Failure;
import io.replog.client.terminal.Printable;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;

/// What the master's `/health` says of itself and its followers.
final class MasterView {

  private MasterView() {}

  /// `data` of the answer.
  ///
  /// @throws Failure when there is none
  static JsonNode of(Target target) {
    URI uri = URI.create(target.master() + "/health");
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Http.SHORT).build();
    HttpResponse<String> answer = target.http().ask(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw Failure.refused(Printable.escape(Http.message(answer.statusCode(), answer.body())));
    }
    JsonNode view = Http.json(answer.body()).path("data");
    if (!view.isObject()) {
      throw Failure.refused(uri + " does not answer as a node does");
    }
    return view;
  }

  /// A field as text, `-` where there is none.
  static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNull() || value.isMissingNode() ? "-" : Printable.escape(value.asString("-"));
  }
}
