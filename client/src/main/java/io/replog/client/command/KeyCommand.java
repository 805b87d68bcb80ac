package io.replog.client.command;

import io.replog.client.Failure;
import io.replog.client.terminal.Console;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Makes a key for a client.
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a new key for a client. The key goes to standard error, for the client alone;",
      "the line for API_KEYS_FILE goes to standard output: replog key writer billing >> keys"
    })
final class KeyCommand implements Callable<Integer> {

  private static final int KEY_BYTES = 32;
  private static final List<String> ROLES = List.of("reader", "writer", "admin");

  private final Console console;

  @Parameters(index = "0", paramLabel = "ROLE", description = "reader, writer or admin.")
  private String role = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "What the client is called.")
  private String name = "";

  KeyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (!ROLES.contains(role)) {
      throw Failure.usage("%s is no role; allowed: reader, writer, admin".formatted(role));
    }
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
      throw Failure.usage(
          "%s cannot be used; allowed: 1 to 63 letters, digits, dots, dashes, underscores"
              .formatted(name));
    }
    byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    String key = "rk-" + HexFormat.of().formatHex(random);
    console.print("%s %s %s".formatted(role, name, sha256(key)));
    console.note("key of %s, shown only now: %s".formatted(name, key));
    return 0;
  }

  private static String sha256(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
