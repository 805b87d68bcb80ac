package io.replog.node.security;

import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Knows the nodes of the cluster by their shared token, and where certificates are asked for by
/// that of each, too: a token that got out then opens nothing.
final class NodeAccess {

  private static final List<String> CLIENT_CREDENTIALS = List.of("Authorization", "X-Api-Key");

  private final ClusterToken token;
  private final @Nullable PeerNames peers;

  /// @param peers whose certificates count, null = none is asked for
  NodeAccess(ClusterToken token, @Nullable PeerNames peers) {
    this.token = token;
    this.peers = peers;
  }

  boolean isOffered(HttpServletRequest request) {
    return request.getHeader(ClusterToken.HEADER) != null;
  }

  /// Why `request` is not let through, null when it is; then who has sent it is noted.
  @Nullable Refusal refusal(HttpServletRequest request) {
    String offered = request.getHeader(ClusterToken.HEADER);
    if (offered == null) {
      return withoutToken(request);
    }
    if (!token.matches(offered)) {
      return unauthorized("the Cluster-Token is wrong");
    }
    Refusal unknown = peers == null ? null : peers.refusal(request);
    if (unknown == null) {
      Identity.note(request, new Identity.Node());
    }
    return unknown;
  }

  private static Refusal withoutToken(HttpServletRequest request) {
    boolean client = CLIENT_CREDENTIALS.stream().anyMatch(h -> request.getHeader(h) != null);
    return client
        ? Refusal.of(
            ProblemType.FORBIDDEN,
            "this path is for the nodes of the cluster: a client's key does not open it")
        : unauthorized("this path is for the nodes of the cluster: Cluster-Token is missing");
  }

  private static Refusal unauthorized(String message) {
    return Refusal.of(ProblemType.UNAUTHORIZED, message)
        .withHeader("WWW-Authenticate", "Cluster-Token realm=\"replog\"");
  }
}
