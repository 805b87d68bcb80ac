package io.replog.node.security;

import io.replog.node.filter.RequestFilter;
import io.replog.node.problem.ProblemWriter;
import io.replog.node.problem.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// Decides who gets in, by the [Area] that a path is in: before the path is looked up and before
/// any of the body is read.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
final class AccessFilter implements RequestFilter {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private final NodeAccess nodes;
  private final ClientAccess clients;
  private final RefusedAttempts attempts;

  AccessFilter(NodeAccess nodes, ClientAccess clients, RefusedAttempts attempts) {
    this.nodes = nodes;
    this.clients = clients;
    this.attempts = attempts;
  }

  @Override
  public void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Area area = Area.of(request);
    Refusal refusal = refusal(area, request);
    if (refusal != null) {
      attempts.note(request, refusal);
      ProblemWriter.write(request, response, refusal);
    } else if (area == Area.OPERATORS && !READING.contains(request.getMethod())) {
      audited(request, response, chain);
    } else {
      chain.doFilter(request, response);
    }
  }

  private @Nullable Refusal refusal(Area area, HttpServletRequest request) {
    return switch (area) {
      case PROBES -> null;
      case NODES -> nodes.refusal(request);
      case OPERATORS ->
          clients.isAsked()
                  && !nodes.isOffered(request)
                  && request.getHeader("Authorization") != null
              ? clients.refusal(request, ClientRole.ADMIN)
              : nodes.refusal(request);
      case CLIENTS -> clients.refusal(request, needed(request));
    };
  }

  private static ClientRole needed(HttpServletRequest request) {
    return READING.contains(request.getMethod()) ? ClientRole.READER : ClientRole.WRITER;
  }

  /// What passes through here as an exception is answered further out.
  private static void audited(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    int status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    try {
      chain.doFilter(request, response);
      status = response.getStatus();
    } finally {
      Audit.done(request, status);
    }
  }
}
