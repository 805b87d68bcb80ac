package io.replog.node.http;

import io.replog.node.problem.Printable;
import io.replog.node.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.StringNode;

/// Reads query parameters; what is wrong is said with name, value and what is allowed.
public final class Parameters {

  private static final int MAX_DIGITS = 19;

  private final HttpServletRequest request;

  public Parameters(HttpServletRequest request) {
    this.request = request;
  }

  /// The one value of a parameter, null when it is absent.
  public @Nullable String text(String name) {
    String[] values = request.getParameterValues(name);
    if (values == null) {
      return null;
    }
    if (values.length > 1) {
      throw Refusal.badRequest(name + " is given more than once");
    }
    return values[0];
  }

  /// The parameter as it would stand in a JSON body: digits are a number, anything else is a
  /// string; null when it is absent.
  public @Nullable JsonNode json(String name) {
    String value = text(name);
    if (value == null) {
      return null;
    }
    return value.matches("\\d{1,18}")
        ? LongNode.valueOf(Long.parseLong(value))
        : StringNode.valueOf(value);
  }

  public long number(String name, long otherwise, long least, long most) {
    String value = text(name);
    return value == null ? otherwise : parse(name, value, least, most);
  }

  /// A whole number in decimal digits.
  public static long parse(String name, String value, long least, long most) {
    if (value.matches("\\d{1," + MAX_DIGITS + "}")) {
      try {
        long number = Long.parseLong(value);
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException aboveTheRange) {
        throw outside(name, value, least, most);
      }
    }
    throw outside(name, value, least, most);
  }

  public static Refusal unknownWord(String name, String value, String allowed) {
    return Refusal.badRequest("%s is %s, it must be %s".formatted(name, quoted(value), allowed));
  }

  private static Refusal outside(String name, String value, long least, long most) {
    String range =
        most == Long.MAX_VALUE ? "of at least " + least : "from %d to %d".formatted(least, most);
    return unknownWord(name, value, "a whole number " + range);
  }

  private static String quoted(String value) {
    return "\"" + Printable.of(value) + "\"";
  }
}
