package io.replog.table;

/// What may be a key.
public final class Key {

  /// In words, for messages.
  public static final String ALLOWED = "1 to 128 letters, digits, dots, dashes and underscores";

  /// The same as a regular expression.
  public static final String PATTERN = "[A-Za-z0-9._-]{1,128}";

  private static final int MAX_CHARACTERS = 128;

  private Key() {}

  public static boolean isOne(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_CHARACTERS
        && text.chars().allMatch(Key::isAllowed);
  }

  /// Whether a character may be part of a key.
  static boolean isAllowed(int character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || character == '.'
        || character == '_'
        || character == '-';
  }

  static void require(String key) {
    if (!isOne(key)) {
      throw new IllegalArgumentException("a key has " + ALLOWED);
    }
  }
}
