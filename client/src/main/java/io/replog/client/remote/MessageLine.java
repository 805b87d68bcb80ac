package io.replog.client.remote;

import io.replog.client.terminal.Printable;
import tools.jackson.databind.JsonNode;

/// How a record is shown to people: its index and its text on one line.
final class MessageLine {

  private MessageLine() {}

  /// @param json a full record as a node sends it
  static String of(String json) {
    JsonNode message = Http.json(json);
    String kind = message.path("kind").asString("");
    return "#%-5s %s%s"
        .formatted(
            message.path("index").asString("?"),
            kind.isEmpty() ? "" : "[" + Printable.escape(kind) + "] ",
            Printable.escape(message.path("text").asString("")));
  }
}
