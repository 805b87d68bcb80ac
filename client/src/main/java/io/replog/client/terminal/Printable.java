package io.replog.client.terminal;

/// Makes a text of unknown origin safe to show: whatever could move the cursor, ring, recolour or
/// turn the line around is shown as an escape instead.
public final class Printable {

  private Printable() {}

  /// The text on one line, control and direction characters written as `\n`, `\t`, `\u001b`.
  public static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints().forEach(point -> append(safe, point));
    return safe.toString();
  }

  private static void append(StringBuilder safe, int point) {
    switch (point) {
      case '\n' -> safe.append("\\n");
      case '\r' -> safe.append("\\r");
      case '\t' -> safe.append("\\t");
      default -> {
        if (isHarmless(point)) {
          safe.appendCodePoint(point);
        } else {
          safe.append("\\u%04x".formatted(point));
        }
      }
    }
  }

  private static boolean isHarmless(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      case Character.SURROGATE -> false;
      case Character.FORMAT -> point == 0x200D || point == 0x200C || point == 0xAD;
      default -> true;
    };
  }
}
