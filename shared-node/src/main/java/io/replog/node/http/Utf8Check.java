package io.replog.node.http;

/// Checks that bytes, as they come, are well-formed UTF-8: no overlong forms, no surrogates,
/// nothing above U+10FFFF. JSON parsers let some of these through.
final class Utf8Check {

  /// Continuation bytes that the current character still needs, 0 between characters.
  private int needed;

  /// Bounds of the next continuation byte.
  private int lowest = 0x80;

  private int highest = 0xbf;

  /// Whether everything so far is well-formed, a last character that has only begun included.
  boolean accept(byte[] buffer, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      int next = buffer[i] & 0xff;
      boolean good = needed == 0 ? next < 0x80 || begin(next) : resume(next);
      if (!good) {
        return false;
      }
    }
    return true;
  }

  /// Whether no character has only begun.
  boolean isComplete() {
    return needed == 0;
  }

  private boolean begin(int lead) {
    if (lead < 0xc2 || lead > 0xf4) {
      return false;
    }
    needed = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    return true;
  }

  private boolean resume(int next) {
    boolean good = next >= lowest && next <= highest;
    needed--;
    lowest = 0x80;
    highest = 0xbf;
    return good;
  }
}
