package io.replog.node.json;

import io.replog.node.problem.Refusal;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.deser.DeserializationProblemHandler;

/// Says what stands in the JSON where something else should, while the parser is still there.
final class Found extends DeserializationProblemHandler {

  @Override
  public Object handleUnexpectedToken(
      DeserializationContext context,
      JavaType wanted,
      JsonToken token,
      JsonParser parser,
      String failure) {
    throw instead(parser, wanted.isContainerType() ? "an array" : "an object");
  }

  /// A refusal such as `is 2.5, it must be an integer`.
  static Refusal instead(JsonParser parser, String wanted) {
    return Refusal.badRequest("is %s, it must be %s".formatted(describe(parser), wanted));
  }

  private static String describe(JsonParser parser) {
    return switch (parser.currentToken()) {
      case null -> "missing";
      case VALUE_NULL -> "null";
      case START_OBJECT, END_OBJECT, PROPERTY_NAME -> "an object";
      case START_ARRAY, END_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      default -> parser.getString();
    };
  }
}
