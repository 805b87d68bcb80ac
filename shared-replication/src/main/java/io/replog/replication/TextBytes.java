package io.replog.replication;

/// How much room a text takes, without encoding it.
public final class TextBytes {

  private TextBytes() {}

  /// The length of `text` in UTF-8; a lone surrogate, which has no encoding, counts two bytes.
  public static int of(String text) {
    int bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      bytes += extraBytes(text.charAt(i));
    }
    return bytes;
  }

  private static int extraBytes(char unit) {
    if (unit < 0x80) {
      return 0;
    }
    return unit < 0x800 || Character.isSurrogate(unit) ? 1 : 2;
  }
}
