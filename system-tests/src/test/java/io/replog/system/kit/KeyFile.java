package io.replog.system.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A file of API keys. The key of a client follows from its name.
public final class KeyFile {

  private final Path path;

  /// @param path where it is made, for its owner alone
  public KeyFile(Path path) {
    this.path = path;
    try {
      Files.createFile(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public Path path() {
    return path;
  }

  public static String keyOf(String name) {
    return "test-key-of-%s-0123456789abcdef".formatted(name);
  }

  /// The header that a client of that name sends.
  public static String[] header(String name) {
    return new String[] {"Authorization", "Bearer " + keyOf(name)};
  }

  public KeyFile add(String role, String name) {
    return addLine("%s %s %s".formatted(role, name, sha256(keyOf(name))));
  }

  public KeyFile addLine(String line) {
    try {
      Files.writeString(path, line + "\n", StandardOpenOption.APPEND);
      return this;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String sha256(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
