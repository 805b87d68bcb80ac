package io.replog.client.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// The secret between the nodes of a local cluster: 32 random bytes in hexadecimal, in a file that
/// its owner alone can read. `CLUSTER_TOKEN` and `CLUSTER_TOKEN_FILE` override it.
public final class ClusterToken {

  private static final int BYTES = 32;

  private ClusterToken() {}

  /// Whether the settings bring a secret of their own.
  static boolean isGiven(Map<String, String> variables) {
    return !variables.getOrDefault("CLUSTER_TOKEN", "").isBlank()
        || !variables.getOrDefault("CLUSTER_TOKEN_FILE", "").isBlank();
  }

  /// The secret that the nodes use, or empty when there is none yet.
  public static Optional<String> find(Map<String, String> variables, ClusterFiles files) {
    String given = variables.getOrDefault("CLUSTER_TOKEN", "");
    if (!given.isBlank()) {
      return Optional.of(given.strip());
    }
    String file = variables.getOrDefault("CLUSTER_TOKEN_FILE", "");
    Path place = file.isBlank() ? files.token() : files.directory().resolve(file);
    return Optional.ofNullable(Disk.readIfThere(place)).map(String::strip);
  }

  /// Creates the file when it is not there. The name appears only with the whole secret in it. The
  /// caller holds the runner's lock.
  static void ensure(Path file) {
    if (Files.exists(file)) {
      return;
    }
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try {
      Files.createDirectories(file.getParent());
      Path written = Files.createTempFile(file.getParent(), "token", ".new", ownerOnly);
      Files.writeString(written, HexFormat.of().formatHex(secret));
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
