package io.replog.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

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

  /// Keeps a file, under a name with a checksum of its content.
  ///
  /// @param formerName the name that it had in the log
  /// @return where it is now, relative to the data directory
  String move(Path file, String formerName) throws IOException {
    files.prepareDirectory(directory);
    String name = formerName + "." + checksum(file);
    files.rename(file, directory.resolve(name));
    files.forceDirectory(directory);
    files.forceDirectory(WholeFiles.directoryOf(file));
    return DIRECTORY + "/" + name;
  }

  /// Copies `length` bytes from file to file.
  static void copyBytes(LogFile from, long fromOffset, LogFile to, long toOffset, long length)
      throws IOException {
    ByteBuffer buffer = copyBuffer(length);
    for (long done = 0; done < length; ) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), length - done));
      int read = from.read(buffer, fromOffset + done);
      if (read < 0) {
        throw new IOException("the file became shorter while it was copied");
      }
      to.write(buffer.flip(), toOffset + done);
      done += read;
    }
  }

  private static ByteBuffer copyBuffer(long length) {
    return ByteBuffer.allocateDirect(Math.clamp(length, 1, COPY_BYTES));
  }

  private String checksum(Path path) throws IOException {
    try (LogFile file = files.openToRead(path)) {
      return "%08x".formatted(WholeFiles.crc32c(file));
    }
  }
}
