package io.replog.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The running hash that binds an entry to everything before it.
///
/// It is the first 8 bytes, big-endian, of `SHA-256(previous chain (8) | index (8) | epoch (8) |
/// timestamp (8) | key length (4) | key | text)`, all numbers big-endian, key and text in UTF-8,
/// key length -1 where there is no key. It does not depend on any file format.
///
/// Of an entry that is no message the attributes come first: `timestamp (8) | -2 (4) | attributes
/// length (4) | attributes | key length (4) | key | text`. No key has the length -2, so no message
/// has the chain of another kind by its form.
public final class Chain {

  private static final int FIXED_BYTES = 4 * Long.BYTES + Integer.BYTES;

  /// Stands where a message has the length of its key.
  private static final int HAS_ATTRIBUTES = -2;

  private static final HexFormat HEX = HexFormat.of();
  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(Chain::newDigest);

  private Chain() {}

  /// The chain of a message whose predecessor has the chain `previous`.
  public static long next(
      long previous,
      long index,
      long epoch,
      long timestampMillis,
      @Nullable String key,
      String text) {
    return next(previous, index, epoch, timestampMillis, EntryKind.MESSAGE, key, text);
  }

  /// The same of an entry of any kind.
  public static long next(
      long previous,
      long index,
      long epoch,
      long timestampMillis,
      EntryKind kind,
      @Nullable String key,
      String text) {
    byte[] keyBytes = key == null ? new byte[0] : key.getBytes(StandardCharsets.UTF_8);
    byte[] textBytes = text.getBytes(StandardCharsets.UTF_8);
    MessageDigest digest = SHA_256.get();
    int keyLength = key == null ? -1 : keyBytes.length;
    if (kind == EntryKind.MESSAGE) {
      digest.update(fixed(previous, index, epoch, timestampMillis, keyLength));
    } else {
      digest.update(fixed(previous, index, epoch, timestampMillis, HAS_ATTRIBUTES));
      digest.update(number(kind.attributesLength()));
      digest.update(kind.attributes());
      digest.update(number(keyLength));
    }
    digest.update(keyBytes);
    digest.update(textBytes);
    return ByteBuffer.wrap(digest.digest()).getLong();
  }

  /// The same of attributes, key and text that are bytes in UTF-8 already, one behind the other.
  ///
  /// @param at where the attributes begin
  /// @param attributesLength 0 for a message
  /// @param keyLength -1 where there is no key
  public static long next(
      long previous,
      long index,
      long epoch,
      long timestampMillis,
      byte[] bytes,
      int at,
      int attributesLength,
      int keyLength,
      int textLength) {
    MessageDigest digest = SHA_256.get();
    if (attributesLength == 0) {
      digest.update(fixed(previous, index, epoch, timestampMillis, keyLength));
    } else {
      digest.update(fixed(previous, index, epoch, timestampMillis, HAS_ATTRIBUTES));
      digest.update(number(attributesLength));
      digest.update(bytes, at, attributesLength);
      digest.update(number(keyLength));
    }
    digest.update(bytes, at + attributesLength, Math.max(0, keyLength) + textLength);
    return ByteBuffer.wrap(digest.digest()).getLong();
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }

  private static byte[] fixed(
      long previous, long index, long epoch, long timestampMillis, int keyLength) {
    return ByteBuffer.allocate(FIXED_BYTES)
        .putLong(previous)
        .putLong(index)
        .putLong(epoch)
        .putLong(timestampMillis)
        .putInt(keyLength)
        .array();
  }

  /// Sixteen hexadecimal digits, as the chain is written in JSON and on the screen.
  public static String toDigits(long chain) {
    return HEX.toHexDigits(chain);
  }

  /// The inverse of [#toDigits].
  ///
  /// @throws IllegalArgumentException if `digits` is not exactly 16 hexadecimal digits
  public static long fromDigits(String digits) {
    if (digits.length() != 16) {
      throw new IllegalArgumentException(
          "a chain is 16 hexadecimal digits, not " + digits.length());
    }
    return HexFormat.fromHexDigitsToLong(digits);
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
