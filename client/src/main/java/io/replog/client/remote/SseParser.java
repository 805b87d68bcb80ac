package io.replog.client.remote;

import java.util.Optional;

/// Puts the lines of a `text/event-stream` together, as the HTML standard describes it. Comments,
/// event names and retry hints carry nothing that is needed here.
final class SseParser {

  /// Longest data of one event that is kept; the rest is cut off.
  private static final int MAX_DATA = 16 * 1024 * 1024;

  /// One event.
  ///
  /// @param id the last id that the stream has named, empty when it has named none
  record Event(String id, String data) {}

  private String id = "";
  private final StringBuilder data = new StringBuilder();
  private boolean any;

  /// Takes a line without its end; an empty one completes an event, unless there is none.
  Optional<Event> accept(String line) {
    if (line.isEmpty()) {
      return complete();
    }
    int colon = line.indexOf(':');
    String field = colon < 0 ? line : line.substring(0, colon);
    String rest = colon < 0 ? "" : line.substring(colon + 1);
    String value = rest.startsWith(" ") ? rest.substring(1) : rest;
    switch (field) {
      case "id" -> id = value;
      case "data" -> append(value);
      default -> {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private void append(String value) {
    if (any) {
      data.append('\n');
    }
    any = true;
    data.append(value, 0, Math.min(value.length(), MAX_DATA - Math.min(MAX_DATA, data.length())));
  }

  private Optional<Event> complete() {
    if (!any) {
      return Optional.empty();
    }
    Event event = new Event(id, data.toString());
    data.setLength(0);
    any = false;
    return Optional.of(event);
  }
}
