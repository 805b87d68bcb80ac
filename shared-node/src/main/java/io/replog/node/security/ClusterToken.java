package io.replog.node.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// The secret that the nodes of a cluster share. Sent in the header [#HEADER] of every call between
/// nodes; never written to a log line.
public final class ClusterToken {

  /// The header that carries it.
  public static final String HEADER = "Cluster-Token";

  private final String secret;

  public ClusterToken(String secret) {
    this.secret = secret;
  }

  /// For the header of a call to another node.
  public String value() {
    return secret;
  }

  /// Whether `offered` is the secret. Takes the same time for every wrong value of a length.
  boolean matches(String offered) {
    return MessageDigest.isEqual(
        offered.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "ClusterToken[hidden]";
  }
}
