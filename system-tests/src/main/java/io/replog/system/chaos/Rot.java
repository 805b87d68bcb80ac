package io.replog.system.chaos;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// One bit of a log turns, under a node that runs or one that is dead. It is one that was written
/// long ago: the last group of entries may be taken for unfinished when its node dies at once.
///
/// @param place where, from 0 to 1, in the first quarter of what was written
/// @param bit of the byte, 0 to 7
record Rot(double place, int bit) {

  /// Less than that is all new.
  private static final int LEAST_BYTES = 8 * 1024;

  /// Turns a bit of the first segment in the data directory.
  ///
  /// @return whether enough is written there
  boolean strike(Path directory) {
    try {
      Optional<Path> segment = firstSegment(directory);
      return segment.isPresent() && turn(segment.get());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Optional<Path> firstSegment(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".log")).sorted().findFirst();
    }
  }

  private boolean turn(Path segment) throws IOException {
    byte[] bytes = Files.readAllBytes(segment);
    int written = written(bytes);
    if (written < LEAST_BYTES) {
      return false;
    }
    int at = (int) (place * written / 4);
    try (RandomAccessFile open = new RandomAccessFile(segment.toFile(), "rw")) {
      open.seek(at);
      open.write(bytes[at] ^ (1 << bit));
    }
    return true;
  }

  /// Without the zeros at the end.
  private static int written(byte[] bytes) {
    int written = bytes.length;
    while (written > 0 && bytes[written - 1] == 0) {
      written--;
    }
    return written;
  }
}
