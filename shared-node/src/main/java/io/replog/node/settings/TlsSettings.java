package io.replog.node.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How connections are encrypted, and who must prove who they are with a certificate. All files are
/// PEM.
///
/// @param certificate `TLS_CERTIFICATE`, that of this node and those between it and the CA
/// @param privateKey `TLS_PRIVATE_KEY`
/// @param authority `TLS_CA`, whose certificates are trusted; null = those that the JDK trusts
/// @param clientAuth `TLS_CLIENT_AUTH`
/// @param peers `TLS_PEERS`, names of the nodes that may use internal paths, as their certificates
///   carry them; empty when nobody is asked for a certificate
public record TlsSettings(
    Path certificate,
    Path privateKey,
    @Nullable Path authority,
    ClientAuth clientAuth,
    List<String> peers) {

  private static final String NAMES = "names as in the certificates of nodes, parted by commas";

  /// Who is asked for a certificate.
  public enum ClientAuth {
    /// Nobody.
    NONE,
    /// Everybody; clients may have none, nodes must.
    WANT,
    /// Everybody, and nobody connects without one.
    NEED
  }

  public TlsSettings {
    peers = List.copyOf(peers);
  }

  /// Whether internal paths need the certificate of a node, beside the token.
  public boolean isMutual() {
    return clientAuth != ClientAuth.NONE;
  }

  /// The settings, null when connections are plain.
  ///
  /// @throws BadSettingException if one of them cannot be used, or lacks its companion
  static @Nullable TlsSettings read(Variables variables) {
    Path certificate = variables.path("TLS_CERTIFICATE").orElse(null);
    Path privateKey = variables.path("TLS_PRIVATE_KEY").orElse(null);
    if (certificate == null && privateKey == null) {
      refuseWithoutCertificate(variables);
      return null;
    }
    if (certificate == null || privateKey == null) {
      throw new BadSettingException(
          certificate == null ? "TLS_CERTIFICATE" : "TLS_PRIVATE_KEY",
          "",
          "a file: certificate and private key are set together");
    }
    Path authority = variables.path("TLS_CA").orElse(null);
    ClientAuth clientAuth = clientAuth(variables, authority);
    return new TlsSettings(
        certificate, privateKey, authority, clientAuth, peers(variables, clientAuth));
  }

  /// Who sets these believes that something is encrypted.
  private static void refuseWithoutCertificate(Variables variables) {
    for (String name : List.of("TLS_CA", "TLS_CLIENT_AUTH", "TLS_PEERS")) {
      variables
          .text(name)
          .ifPresent(
              value -> {
                throw new BadSettingException(
                    name, value, "unset where TLS_CERTIFICATE is not set: nothing is encrypted");
              });
    }
  }

  private static ClientAuth clientAuth(Variables variables, @Nullable Path authority) {
    String word =
        variables.oneOf("TLS_CLIENT_AUTH", List.of("none", "want", "need")).orElse("none");
    if (!word.equals("none") && authority == null) {
      throw new BadSettingException(
          "TLS_CLIENT_AUTH", word, "none where TLS_CA does not say whose certificates count");
    }
    return ClientAuth.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static List<String> peers(Variables variables, ClientAuth clientAuth) {
    String value = variables.text("TLS_PEERS").orElse("");
    if ((clientAuth == ClientAuth.NONE) != value.isEmpty()) {
      throw new BadSettingException(
          "TLS_PEERS",
          value,
          clientAuth == ClientAuth.NONE ? "unset where TLS_CLIENT_AUTH is none" : NAMES);
    }
    List<String> peers = value.isEmpty() ? List.of() : List.of(value.split("[,\\s]+"));
    for (String peer : peers) {
      if (!Forms.isName(peer)) {
        throw new BadSettingException("TLS_PEERS", value, NAMES);
      }
    }
    return peers;
  }
}
