package io.replog.log;

/// Lengths in UTF-8 without encoding.
final class Utf8 {

  private Utf8() {}

  /// Bytes that `text` takes. A lone surrogate, which no accepted text has, counts as two.
  static long length(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes;
  }
}
