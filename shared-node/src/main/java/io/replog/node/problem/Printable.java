package io.replog.node.problem;

/// Text of others made fit for one line of an error message.
public final class Printable {

  private static final int MAX_CHARACTERS = 400;

  private Printable() {}

  /// `text` with control characters and halves of surrogate pairs replaced, at most 400 characters.
  public static String of(String text) {
    return onOneLine(
        text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS) + "...");
  }

  /// The same for a text of any length.
  public static String onOneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints().map(Printable::plain).forEach(line::appendCodePoint);
    return line.toString();
  }

  private static int plain(int codePoint) {
    int kind = Character.getType(codePoint);
    boolean unfit =
        kind == Character.CONTROL
            || kind == Character.SURROGATE
            || kind == Character.LINE_SEPARATOR
            || kind == Character.PARAGRAPH_SEPARATOR
            || kind == Character.FORMAT;
    return unfit ? '?' : codePoint;
  }
}
