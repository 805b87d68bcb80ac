package io.replog.node.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;

/// Files of keys for tests.
final class KeyLines {

  private KeyLines() {}

  /// A key that is long enough, the same for the same name.
  static String keyOf(String name) {
    return "key-of-%s-0123456789abcdef0123456789".formatted(name);
  }

  static String line(String role, String name) {
    return "%s %s %s\n".formatted(role, name, HexFormat.of().formatHex(ApiKey.hash(keyOf(name))));
  }

  /// Writes `text` for its owner alone, in place of what was there.
  static Path write(Path file, String text) throws IOException {
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
