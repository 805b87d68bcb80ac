package io.replog.system.kit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/// The files of a node, and what a bad disk or a hasty operator can do to them.
public final class DataDirectory {

  private static final int SECTOR = 512;

  private final Path directory;

  public DataDirectory(Path directory) {
    this.directory = directory;
  }

  /// The segments, in order.
  public List<Path> segments() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// The first segment but one: sealed long ago.
  public Path sealed() {
    return segments().get(1);
  }

  /// The segment that is being written.
  public Path active() {
    return segments().getLast();
  }

  /// The segments of which the next start need not read the records.
  public List<Path> withSeals() {
    return segments().stream().filter(segment -> Files.exists(sealOf(segment))).toList();
  }

  /// What stands beside such a segment.
  public Path sealOf(Path segment) {
    return file(segment.getFileName().toString().replace(".log", ".seal"));
  }

  public Path file(String name) {
    return directory.resolve(name);
  }

  /// Whether copies of damaged files were kept.
  public boolean hasQuarantine() {
    return Files.isDirectory(directory.resolve("quarantine"));
  }

  /// Turns one bit of the first text that contains `text` in one of the segments.
  public static void flipBit(Path file, String text) {
    byte[] bytes = read(file);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    if (at < 0) {
      throw new AssertionError(file + " does not hold " + text);
    }
    overwrite(file, at, new byte[] {(byte) (bytes[at] ^ 1)});
  }

  public static void flipBitInTheMiddle(Path file) {
    byte[] bytes = read(file);
    int at = usedBytes(bytes) / 2;
    overwrite(file, at, new byte[] {(byte) (bytes[at] ^ 16)});
  }

  public static void zeroSector(Path file) {
    int at = usedBytes(read(file)) / 2 / SECTOR * SECTOR;
    overwrite(file, Math.max(SECTOR, at), new byte[SECTOR]);
  }

  public static void truncate(Path file) {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(usedBytes(read(file)) / 2);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public static void overwrite(Path file, String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public static void swap(Path one, Path other) {
    Path aside = one.resolveSibling("aside");
    move(one, aside);
    move(other, one);
    move(aside, other);
  }

  /// Puts a copy of one segment in place of another.
  public static void copyOver(Path one, Path other) {
    try {
      Files.copy(one, other, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// In place, as a bad disk does it: whoever has the file open sees it.
  private static void overwrite(Path file, long at, byte[] bytes) {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(at);
      open.write(bytes);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Without the zeros at the end.
  private static int usedBytes(byte[] bytes) {
    int used = bytes.length;
    while (used > 0 && bytes[used - 1] == 0) {
      used--;
    }
    return used;
  }

  public static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
