package io.replog.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/// The directory where damaged segments are kept, byte for byte. Nothing is ever removed from it.
final class Quarantine {

  static final String DIRECTORY = "quarantine";

  private static final int COPY_BYTES = 1 << 20;

  private final LogFiles files;
  private final Path directory;

  Quarantine(LogFiles files, Path dataDirectory) {
    this.files = files;
    this.directory = dataDirectory.resolve(DIRECTORY);
  }

  /// Keeps a copy. The name carries a checksum of the content, so that every start with the same
  /// damage finds the copy of the first.
  ///
  /// @return the name of the copy, relative to the data directory
  String copy(Path segment) throws IOException {
    files.prepareDirectory(directory);
    try (LogFile from = files.openToRead(segment)) {
      String name = segment.getFileName() + "." + checksum(from);
      if (!files.list(directory).contains(name)) {
        copy(from, directory.resolve(name));
      }
      return DIRECTORY + "/" + name;
    }
  }

  /// Keeps the file itself.
  void move(Path segment) throws IOException {
    files.prepareDirectory(directory);
    try (LogFile from = files.openToRead(segment)) {
      files.rename(segment, directory.resolve(segment.getFileName() + "." + checksum(from)));
    }
    files.forceDirectory(directory);
    files.forceDirectory(WholeFiles.directoryOf(segment));
  }

  private void copy(LogFile from, Path to) throws IOException {
    Path temporary = to.resolveSibling(to.getFileName() + ".tmp");
    try (LogFile out = files.create(temporary)) {
      copyBytes(from, out, from.size());
      out.force(true);
    }
    files.rename(temporary, to);
    files.forceDirectory(directory);
  }

  /// Copies the first `length` bytes from file to file.
  static void copyBytes(LogFile from, LogFile to, long length) throws IOException {
    ByteBuffer buffer = copyBuffer(length);
    for (long at = 0; at < length; ) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), length - at));
      int read = from.read(buffer, at);
      if (read < 0) {
        throw new IOException("the file became shorter while it was copied");
      }
      to.write(buffer.flip(), at);
      at += read;
    }
  }

  private static ByteBuffer copyBuffer(long length) {
    return ByteBuffer.allocateDirect(Math.clamp(length, 1, COPY_BYTES));
  }

  private static String checksum(LogFile file) throws IOException {
    CRC32C crc = new CRC32C();
    ByteBuffer buffer = copyBuffer(file.size());
    long at = 0;
    while (file.read(buffer.clear(), at) > 0) {
      at += buffer.flip().remaining();
      crc.update(buffer);
    }
    return "%08x".formatted(crc.getValue());
  }
}
