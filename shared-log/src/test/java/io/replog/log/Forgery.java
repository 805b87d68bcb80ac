package io.replog.log;

import io.replog.model.Chain;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Makes damage look right, as it would to a reader that leaves out a check.
final class Forgery {

  private Forgery() {}

  /// The segment with the checksums that its content would have: what a reader sees that verifies
  /// none.
  static byte[] rightChecksums(byte[] segment) {
    return forge(segment, false, 0);
  }

  /// The segment with the checksums and the chain that its content would have: what a reader sees
  /// that verifies neither.
  static byte[] rightChain(byte[] segment) {
    return rightChainBehind(ByteBuffer.wrap(segment).getLong(32), segment);
  }

  /// The segment as if it had been written behind an entry of that chain.
  static byte[] rightChainBehind(long chain, byte[] segment) {
    return forge(segment, true, chain);
  }

  private static byte[] forge(byte[] segment, boolean chained, long chainBefore) {
    ByteBuffer bytes = ByteBuffer.wrap(segment);
    bytes.putInt(508, Checksums.crc32c(bytes, 0, 508));
    long chain = chainBefore;
    int at = SegmentHeader.BYTES;
    while (at + RecordHeader.MIN_RECORD_BYTES <= segment.length
        && bytes.getShort(at) == RecordHeader.MAGIC) {
      int bodyBytes = bytes.getInt(at + 4);
      if (bodyBytes < 0 || at + RecordHeader.MIN_RECORD_BYTES + bodyBytes > segment.length) {
        break;
      }
      if (chained) {
        chain = nextChain(bytes, at, bodyBytes, chain);
        bytes.putLong(at + 32, chain);
      }
      bytes.putInt(at + 56, Checksums.crc32c(bytes, at, RecordHeader.CRC_OFFSET));
      bytes.putInt(
          at + RecordHeader.BYTES + bodyBytes, Checksums.crc32c(bytes, at + 56, 4 + bodyBytes));
      at += RecordHeader.MIN_RECORD_BYTES + bodyBytes;
    }
    return segment;
  }

  private static long nextChain(ByteBuffer bytes, int at, int bodyBytes, long chain) {
    int keyBytes = Math.clamp(bytes.getInt(at + 48), -1, bodyBytes);
    int keyAt = at + RecordHeader.BYTES;
    int textAt = keyAt + Math.max(keyBytes, 0);
    String key = keyBytes < 0 ? null : text(bytes, keyAt, keyBytes);
    String text = text(bytes, textAt, keyAt + bodyBytes - textAt);
    return Chain.next(
        chain, bytes.getLong(at + 8), bytes.getLong(at + 16), bytes.getLong(at + 24), key, text);
  }

  private static String text(ByteBuffer bytes, int at, int length) {
    return new String(bytes.array(), at, length, StandardCharsets.UTF_8);
  }
}
