package io.replog.node.security;

import io.replog.node.problem.ProblemType;
import io.replog.node.problem.ProblemWriter;
import io.replog.node.problem.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Lets only nodes of the cluster on the internal paths. Decides before the path is looked up and
/// before any of the body is read.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
public final class InternalPathFilter extends OncePerRequestFilter {

  private static final List<String> INTERNAL =
      List.of("/replicate", "/heartbeat", "/cluster", "/faults");
  private static final List<String> CLIENT_CREDENTIALS = List.of("Authorization", "X-Api-Key");

  private final ClusterToken token;

  InternalPathFilter(ClusterToken token) {
    this.token = token;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Refusal refusal = isInternal(request.getServletPath()) ? refusal(request) : null;
    if (refusal == null) {
      chain.doFilter(request, response);
    } else {
      ProblemWriter.write(request, response, refusal);
    }
  }

  /// Whether a path is for the nodes of the cluster only.
  public static boolean isInternal(String path) {
    return INTERNAL.stream().anyMatch(root -> path.equals(root) || path.startsWith(root + "/"));
  }

  private @Nullable Refusal refusal(HttpServletRequest request) {
    String offered = request.getHeader(ClusterToken.HEADER);
    if (offered != null) {
      return token.matches(offered) ? null : unauthorized("the Cluster-Token is wrong");
    }
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
