package io.replog.node.security;

import io.replog.node.settings.Forms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/// The file that keeps the secret of a cluster, `CLUSTER_TOKEN_FILE`.
///
/// The first node that looks makes it. Several may start at once on a shared directory: each writes
/// a whole file under a name of its own and then links it to the shared name, which succeeds for
/// exactly one; so whoever sees the shared name sees all of its content.
final class TokenFile {

  private static final int SECRET_BYTES = 32;
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path file;
  private final SecureRandom random;

  TokenFile(Path file, SecureRandom random) {
    this.file = file;
    this.random = random;
  }

  /// The secret in the file, which is made first if it is missing.
  ///
  /// @throws IOException if it can neither be read nor made, or holds no secret
  String readOrCreate() throws IOException {
    if (!Files.exists(file)) {
      create();
    }
    String secret = Files.readString(file, StandardCharsets.US_ASCII).strip();
    if (!Forms.isSecret(secret)) {
      throw new IOException("it does not hold 8 to 256 visible ASCII characters");
    }
    return secret;
  }

  private void create() throws IOException {
    Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent(), "no directory");
    Files.createDirectories(directory);
    byte[] number = new byte[SECRET_BYTES];
    random.nextBytes(number);
    String secret = HexFormat.of().formatHex(number);
    Path own = directory.resolve("." + file.getFileName() + "." + secret.substring(0, 16));
    Files.createFile(own, OWNER_ONLY);
    try {
      Files.writeString(own, secret + "\n", StandardOpenOption.WRITE, StandardOpenOption.SYNC);
      Files.createLink(file, own);
    } catch (FileAlreadyExistsException anotherNodeWasFaster) {
      Arrays.fill(number, (byte) 0);
    } finally {
      Files.delete(own);
    }
  }
}
