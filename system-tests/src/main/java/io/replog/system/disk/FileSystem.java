package io.replog.system.disk;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A file system that can be shut down while it is in use.
public enum FileSystem {
  /// Commits its journal every five seconds, or when somebody forces. Nothing of it is kept for
  /// root, so that it can become full.
  EXT4("e2fsprogs", "-F", "-m", "0"),
  /// Writes its journal late too, and allocates late.
  XFS("xfsprogs", "-f");

  private final String debianPackage;
  private final List<String> options;

  FileSystem(String debianPackage, String... options) {
    this.debianPackage = debianPackage;
    this.options = List.of(options);
  }

  /// The program that makes one.
  public String maker() {
    return "mkfs." + this;
  }

  /// Where [#maker] comes from.
  public String debianPackage() {
    return debianPackage;
  }

  List<String> make(Path image) {
    return Stream.of(List.of(maker(), "-q"), options, List.of(image.toString()))
        .flatMap(List::stream)
        .toList();
  }

  /// As `mount` calls it.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
