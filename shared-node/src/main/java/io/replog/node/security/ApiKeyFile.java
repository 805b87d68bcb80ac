package io.replog.node.security;

import io.replog.node.settings.Forms;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// The file that says who may talk to a node, `API_KEYS_FILE`. One key a line: role, name, and the
/// SHA-256 of the key as 64 hexadecimal digits, parted by spaces; empty lines and those that begin
/// with `#` are ignored.
///
///     writer billing 5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8
///
/// What is wrong is said by the number of its line, never by what stands there: it may be a key.
final class ApiKeyFile {

  private static final int MAX_BYTES = 256 << 10;
  private static final int MAX_KEYS = 1_000;
  private static final int FIELDS = 3;
  private static final int HASH_DIGITS = 64;

  private final Path path;
  private final byte[] hashOfToken;

  /// @param token the secret of the cluster, which must not be a key
  ApiKeyFile(Path path, ClusterToken token) {
    this.path = path;
    this.hashOfToken = ApiKey.hash(token.value());
  }

  Path path() {
    return path;
  }

  /// What is in the file.
  ///
  /// @throws IOException if it cannot be read, is too large, or is open to others than its owner
  String text() throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      PrivateFiles.requireOwnersOnly(path);
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException("it has more than %d bytes".formatted(MAX_BYTES));
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (NoSuchFileException _) {
      throw new IOException("there is no such file");
    }
  }

  /// The keys in `text`.
  ///
  /// @throws IOException with the number of the first line that cannot be used
  List<ApiKey> parse(String text) throws IOException {
    List<ApiKey> keys = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        keys.add(key(line.strip().split("\\s+"), taken));
      } catch (IllegalArgumentException wrong) {
        throw new IOException("line %d: %s".formatted(number, wrong.getMessage()), wrong);
      }
    }
    if (keys.isEmpty() || keys.size() > MAX_KEYS) {
      throw new IOException("it must name 1 to %d keys, not %d".formatted(MAX_KEYS, keys.size()));
    }
    return List.copyOf(keys);
  }

  /// @param taken names and hashes of the lines before
  private ApiKey key(String[] fields, Set<String> taken) {
    require(fields.length == FIELDS, "it must be: role name sha256-of-the-key");
    ClientRole role =
        ClientRole.of(fields[0])
            .orElseThrow(
                () -> new IllegalArgumentException("the role must be reader, writer or admin"));
    require(
        Forms.isName(fields[1]),
        "the name must have 1 to 63 letters, digits, dots, dashes or underscores");
    require(taken.add("name " + fields[1]), "its name is that of an earlier line");
    byte[] hash = hash(fields[2]);
    require(
        taken.add("hash " + HexFormat.of().formatHex(hash)), "its key is that of an earlier line");
    ApiKey key = new ApiKey(fields[1], role, hash);
    require(!key.hasHash(hashOfToken), "its key is the token of the cluster");
    return key;
  }

  private static byte[] hash(String digits) {
    require(
        digits.length() == HASH_DIGITS && digits.chars().allMatch(HexFormat::isHexDigit),
        "the key must be given as its SHA-256, %d hexadecimal digits".formatted(HASH_DIGITS));
    return HexFormat.of().parseHex(digits);
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
