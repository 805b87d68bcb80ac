package io.replog.node.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// A key of a client, known here by its SHA-256 only. That is enough because keys are random and
/// long: nobody can guess one and try its hash.
final class ApiKey {

  static final int MIN_CHARACTERS = 32;
  static final int MAX_CHARACTERS = 256;

  private final Identity.Client client;
  private final byte[] sha256;

  ApiKey(String name, ClientRole role, byte[] sha256) {
    this.client = new Identity.Client(name, role);
    this.sha256 = sha256.clone();
  }

  Identity.Client client() {
    return client;
  }

  /// Whether this is the key with that hash. Takes the same time for each.
  boolean hasHash(byte[] other) {
    return MessageDigest.isEqual(sha256, other);
  }

  static byte[] hash(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
