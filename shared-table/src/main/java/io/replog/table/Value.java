package io.replog.table;

import io.replog.model.Utf8;

/// What may be a value, and how it is written in a notation: as it stands where that is clear, in
/// double quotes with the escapes of JSON where it is not.
final class Value {

  private static final String NEEDS_QUOTES = ",()\"\\";
  private static final String ESCAPED = "\"\\\b\f\n\r\t";
  private static final String LETTERS = "\"\\bfnrt";

  private Value() {}

  static void require(String value) {
    if (value.length() > Transaction.MAX_VALUE_CHARACTERS) {
      throw new IllegalArgumentException(
          "a value has at most %d characters, not %d"
              .formatted(Transaction.MAX_VALUE_CHARACTERS, value.length()));
    }
    if (Utf8.loneSurrogate(value) >= 0) {
      throw new IllegalArgumentException(
          "a value holds half a surrogate pair, which is not Unicode text");
    }
  }

  /// Whether a character may stand in a value without quotes, not at its ends where it is a blank.
  static boolean isBare(int character) {
    return character >= ' ' && character != 0x7f && NEEDS_QUOTES.indexOf(character) < 0;
  }

  static String written(String value) {
    return isClear(value) ? value : quoted(value);
  }

  private static boolean isClear(String value) {
    return !value.isEmpty() && value.chars().allMatch(c -> c > ' ' && c < 0x7f && isBare(c));
  }

  private static String quoted(String value) {
    StringBuilder text = new StringBuilder(value.length() + 2).append('"');
    value.chars().forEach(unit -> append(text, (char) unit));
    return text.append('"').toString();
  }

  private static void append(StringBuilder text, char unit) {
    int known = ESCAPED.indexOf(unit);
    if (known >= 0) {
      text.append('\\').append(LETTERS.charAt(known));
    } else if (unit < ' ') {
      text.append("\\u%04x".formatted((int) unit));
    } else {
      text.append(unit);
    }
  }

  /// The character that an escape of one letter stands for, -1 when there is none.
  static int escape(char letter) {
    int known = LETTERS.indexOf(letter);
    return known >= 0 ? ESCAPED.charAt(known) : letter == '/' ? '/' : -1;
  }
}
