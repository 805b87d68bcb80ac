package io.replog.system.kit;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// What a node answered.
///
/// @param status HTTP status
/// @param headers as they came
/// @param bytes the whole body
/// @param elapsed from the sending of the request to the last byte of the body
public record Reply(int status, HttpHeaders headers, byte[] bytes, Duration elapsed) {

  /// The body, read as UTF-8.
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  public JsonNode json() {
    return Json.parse(text());
  }

  /// `data` of the envelope.
  public JsonNode data() {
    return json().get("data");
  }

  /// The only value of the header, or an empty string.
  public String header(String name) {
    List<String> values = headers.allValues(name);
    if (values.size() > 1) {
      throw new AssertionError(name + " was sent more than once: " + values);
    }
    return values.isEmpty() ? "" : values.getFirst();
  }

  public long number(String header) {
    return Long.parseLong(header(header));
  }

  /// The index of the entry that was added.
  public long index() {
    return number("Log-Index");
  }

  /// The texts of a plain list.
  public List<String> texts() {
    return StreamSupport.stream(data().spliterator(), false)
        .map(message -> message.get("text").asString())
        .toList();
  }

  @Override
  public String toString() {
    return "%d after %d ms %s\n%s".formatted(status, elapsed.toMillis(), headers.map(), text());
  }
}
