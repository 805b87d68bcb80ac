package io.replog.master.add;

/// Counts the bytes of a text in UTF-8 without encoding it.
final class Utf8Size {

  /// Returned for a text with half a surrogate pair: it has no encoding.
  static final long NOT_UNICODE = -1;

  private Utf8Size() {}

  static long of(String text) {
    long bytes = 0;
    int i = 0;
    while (i < text.length()) {
      int codePoint = text.codePointAt(i);
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        return NOT_UNICODE;
      }
      bytes += bytesOf(codePoint);
      i += Character.charCount(codePoint);
    }
    return bytes;
  }

  private static int bytesOf(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    if (codePoint < 0x800) {
      return 2;
    }
    return codePoint < 0x1_0000 ? 3 : 4;
  }
}
