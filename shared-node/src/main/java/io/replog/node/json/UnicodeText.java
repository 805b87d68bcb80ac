package io.replog.node.json;

import io.replog.model.Utf8;
import io.replog.node.problem.Refusal;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/// Reads a string only from a string, and only if it can be written as UTF-8 again: a lone half of
/// a surrogate pair cannot.
final class UnicodeText extends StdScalarDeserializer<String> {

  UnicodeText() {
    super(String.class);
  }

  @Override
  public String deserialize(JsonParser parser, DeserializationContext context) {
    return read(parser);
  }

  /// The text that the parser stands at.
  static String read(JsonParser parser) {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      throw Found.instead(parser, "a string");
    }
    String text = parser.getString();
    int lone = Utf8.loneSurrogate(text);
    if (lone >= 0) {
      throw Refusal.badRequest(
          "has half of a surrogate pair at character %d, which cannot be kept".formatted(lone));
    }
    return text;
  }
}
