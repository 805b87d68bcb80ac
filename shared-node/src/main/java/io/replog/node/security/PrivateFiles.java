package io.replog.node.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/// Files that hold what others must not know or change.
public final class PrivateFiles {

  private static final Set<PosixFilePermission> OWNERS =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private PrivateFiles() {}

  /// @throws IOException unless only its owner can read or write `file`
  public static void requireOwnersOnly(Path file) throws IOException {
    if (!OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
      throw new IOException("others than its owner can read or write it, its mode must be 0600");
    }
  }

  /// @throws IOException if everybody can read `file`
  public static void refuseReadableByAll(Path file) throws IOException {
    if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
      throw new IOException("everybody can read it, its mode must be 0600 or 0640");
    }
  }
}
