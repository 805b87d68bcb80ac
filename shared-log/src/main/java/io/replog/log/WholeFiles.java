package io.replog.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Small files as a whole.
final class WholeFiles {

  private WholeFiles() {}

  /// The first bytes of a file, at most `maxBytes`, ready to be read.
  static ByteBuffer readStart(LogFile file, int maxBytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(maxBytes);
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) {
      read = file.read(buffer, buffer.position());
    }
    return buffer.flip();
  }

  /// Puts a file there that is either the old one or the new one after a crash, never a mixture:
  /// temporary file, force, rename, force of the directory.
  static void replace(LogFiles files, Path path, byte[] content) throws IOException {
    Path temporary = path.resolveSibling(path.getFileName() + ".tmp");
    try (LogFile file = files.create(temporary)) {
      file.write(ByteBuffer.wrap(content), 0);
      ForceFailedException.force(file, true);
    }
    files.rename(temporary, path);
    ForceFailedException.forceDirectory(files, directoryOf(path));
  }

  /// The directory that holds a file.
  static Path directoryOf(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a directory");
  }

  /// Fills a range with zeros.
  static void zero(LogFile file, long from, long to) throws IOException {
    ByteBuffer zeros =
        ByteBuffer.allocateDirect((int) Math.min(ZEROS_BYTES, Math.max(0, to - from)));
    for (long at = from; at < to; at += ZEROS_BYTES) {
      file.write(zeros.clear().limit((int) Math.min(ZEROS_BYTES, to - at)), at);
    }
  }

  /// CRC32C over all bytes of a file.
  static int crc32c(LogFile file) throws IOException {
    CRC32C crc = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocateDirect(Math.clamp(file.size(), 1, SUM_BYTES));
    for (long at = 0; file.read(buffer.clear(), at) > 0; at += buffer.position()) {
      crc.update(buffer.flip());
    }
    return (int) crc.getValue();
  }

  /// Closes without hiding what went wrong before.
  static void closeAfter(@Nullable LogFile file, Exception cause) {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException second) {
      cause.addSuppressed(second);
    }
  }

  private static final long ZEROS_BYTES = 1 << 20;

  /// Little enough to stay in the cache of a processor.
  private static final int SUM_BYTES = 64 << 10;
}
