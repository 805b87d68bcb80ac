package io.replog.node.security;

import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The names of `TLS_PEERS`. That a certificate is of the right authority has been checked when the
/// connection began; here it is only asked whose it is.
final class PeerNames {

  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

  /// How a certificate marks a name of a host (RFC 5280, `dNSName`).
  private static final int DNS_NAME = 2;

  private final Set<String> allowed;

  PeerNames(Collection<String> allowed) {
    this.allowed = allowed.stream().map(PeerNames::plain).collect(Collectors.toUnmodifiableSet());
  }

  /// Why whoever has opened the connection is no node of the cluster, null when it is one.
  @Nullable Refusal refusal(HttpServletRequest request) {
    Object found = request.getAttribute(CERTIFICATES);
    if (!(found instanceof X509Certificate[] chain) || chain.length == 0) {
      return Refusal.of(
          ProblemType.FORBIDDEN, "this path needs the certificate of a node of the cluster");
    }
    return names(chain[0]).stream().anyMatch(allowed::contains)
        ? null
        : Refusal.of(
            ProblemType.FORBIDDEN, "the certificate has no name that TLS_PEERS lists here");
  }

  /// The host names that a certificate is for, nothing else: its subject proves none.
  static List<String> names(X509Certificate certificate) {
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      return all == null
          ? List.of()
          : all.stream()
              .filter(name -> Objects.equals(name.get(0), DNS_NAME))
              .map(name -> plain(String.valueOf(name.get(1))))
              .toList();
    } catch (CertificateParsingException malformed) {
      return List.of();
    }
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
