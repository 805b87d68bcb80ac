package io.replog.system.disk;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// A file system that can be shut down while it is in use.
public enum FileSystem {
  /// Commits its journal every five seconds, or when somebody forces.
  EXT4("e2fsprogs", "-F"),
  /// Writes its journal late too, and allocates late.
  XFS("xfsprogs", "-f");

  private final String debianPackage;
  private final String overwrite;

  FileSystem(String debianPackage, String overwrite) {
    this.debianPackage = debianPackage;
    this.overwrite = overwrite;
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
    return List.of(maker(), "-q", overwrite, image.toString());
  }

  /// As `mount` calls it.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
