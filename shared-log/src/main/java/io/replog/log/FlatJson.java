package io.replog.log;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One flat JSON object of strings, integers, booleans and nulls: exactly what [Meta] needs, and
/// nothing that it does not write itself.
final class FlatJson {

  private final String text;
  private int at;

  private FlatJson(String text) {
    this.text = text;
  }

  static String write(Map<String, ? extends @Nullable Object> members) {
    StringBuilder out = new StringBuilder("{");
    members.forEach(
        (name, value) -> {
          out.append(out.length() > 1 ? "," : "").append(quoted(name)).append(':');
          out.append(value instanceof String string ? quoted(string) : String.valueOf(value));
        });
    return out.append('}').toString();
  }

  /// @throws IllegalArgumentException if `text` is anything else
  static Map<String, @Nullable Object> parse(String text) {
    return new FlatJson(text).object();
  }

  private Map<String, @Nullable Object> object() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    expect('{');
    do {
      String name = string();
      expect(':');
      if (members.containsKey(name)) {
        throw wrong("a second \"" + name + '"');
      }
      members.put(name, value());
    } while (accept(','));
    expect('}');
    if (at != text.length()) {
      throw wrong("more behind the end");
    }
    return members;
  }

  private @Nullable Object value() {
    if (peek() == '"') {
      return string();
    }
    int start = at;
    while ("-0123456789abcdefghijklmnopqrstuvwxyz".indexOf(peek()) >= 0) {
      at++;
    }
    return literal(text.substring(start, at));
  }

  private @Nullable Object literal(String word) {
    return switch (word) {
      case "null" -> null;
      case "true" -> true;
      case "false" -> false;
      default -> Long.valueOf(word);
    };
  }

  private String string() {
    expect('"');
    StringBuilder out = new StringBuilder();
    while (peek() != '"') {
      out.append(accept('\\') ? escaped() : text.charAt(at++));
    }
    expect('"');
    return out.toString();
  }

  private char escaped() {
    if (accept('u')) {
      at += 4;
      return (char) Integer.parseInt(text.substring(at - 4, Math.min(at, text.length())), 16);
    }
    char escaped = peek();
    at++;
    return escaped;
  }

  private char peek() {
    if (at >= text.length()) {
      throw wrong("the end");
    }
    return text.charAt(at);
  }

  private boolean accept(char wanted) {
    boolean there = peekOrNothing() == wanted;
    at += there ? 1 : 0;
    return there;
  }

  private char peekOrNothing() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void expect(char wanted) {
    if (!accept(wanted)) {
      throw wrong("no '" + wanted + '\'');
    }
  }

  private IllegalArgumentException wrong(String found) {
    return new IllegalArgumentException(found + " at character " + at);
  }

  private static String quoted(String value) {
    StringBuilder out = new StringBuilder("\"");
    for (char c : value.toCharArray()) {
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
