package io.replog.model;

/// Lengths in UTF-8, without encoding.
public final class Utf8 {

  private Utf8() {}

  /// Bytes that a text takes in UTF-8. A lone surrogate, which has no encoding and which no
  /// accepted text holds, counts as half of its pair, two; so the length of two texts together is
  /// always the sum of theirs.
  ///
  /// @throws ArithmeticException if the length does not fit
  public static int length(String text) {
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      bytes += extraBytes(text.charAt(i));
    }
    return Math.toIntExact(bytes);
  }

  private static int extraBytes(char unit) {
    if (unit < 0x80) {
      return 0;
    }
    return unit < 0x800 || Character.isSurrogate(unit) ? 1 : 2;
  }

  /// Index of the first half of a surrogate pair that has no other half, -1 when there is none:
  /// then the text is Unicode and comes back from UTF-8 as it was.
  public static int loneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!isPair(text, i)) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  private static boolean isPair(String text, int at) {
    return at + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
  }
}
