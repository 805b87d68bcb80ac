package io.replog.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// CRC32C over a part of a buffer, whose position and limit stay as they are.
final class Checksums {

  private Checksums() {}

  static int crc32c(ByteBuffer buffer, int offset, int length) {
    CRC32C crc = new CRC32C();
    if (buffer.hasArray()) {
      crc.update(buffer.array(), buffer.arrayOffset() + offset, length);
    } else {
      crc.update(buffer.slice(offset, length));
    }
    return (int) crc.getValue();
  }

  static boolean isZero(ByteBuffer buffer, int offset, int length) {
    int at = offset;
    int end = offset + length;
    while (at + Long.BYTES <= end && buffer.getLong(at) == 0) {
      at += Long.BYTES;
    }
    while (at < end && buffer.get(at) == 0) {
      at++;
    }
    return at == end;
  }
}
