package io.replog.system.kit;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// JSON as the tests read and write it.
public final class Json {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  public static JsonNode parse(String text) {
    return MAPPER.readTree(text);
  }

  /// The value as JSON, strings in quotes.
  public static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }
}
