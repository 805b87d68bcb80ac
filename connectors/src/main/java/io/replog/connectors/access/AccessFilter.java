package io.replog.connectors.access;

import io.replog.connectors.settings.ConnectorsSettings;
import io.replog.node.filter.RequestFilter;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.ProblemWriter;
import io.replog.node.problem.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// Decides who gets in, before a path is looked up. With a key: whoever sends it, as
/// `Authorization: Bearer <key>`. Without one the address is of this machine alone, and so must be
/// the name by which it is called: no page of others can reach it under a name of its own.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class AccessFilter implements RequestFilter {

  private static final String SCHEME = "Bearer ";
  private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  /// The page itself, which holds no data, and what probes ask.
  private static final Set<String> OPEN = Set.of("/", "/index.html", "/livez", "/readyz");

  private final @Nullable String key;

  AccessFilter(ConnectorsSettings settings) {
    this.key = settings.key();
  }

  @Override
  public void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
    response.setHeader("Cache-Control", "no-store");
    Refusal refusal = refusal(request);
    if (refusal == null) {
      chain.doFilter(request, response);
    } else {
      ProblemWriter.write(request, response, refusal);
    }
  }

  private @Nullable Refusal refusal(HttpServletRequest request) {
    if (isOfAnotherPage(request)) {
      return Refusal.of(ProblemType.FORBIDDEN, "pages of others may not call this");
    }
    if (key == null) {
      return OWN_NAMES.contains(host(request))
          ? null
          : Refusal.of(
              ProblemType.FORBIDDEN,
              "without CONNECTORS_KEY this is called as localhost or 127.0.0.1 only");
    }
    return isOpen(request) || isKey(request.getHeader("Authorization"), key)
        ? null
        : Refusal.of(ProblemType.UNAUTHORIZED, "the key is needed: Authorization: Bearer <key>")
            .withHeader("WWW-Authenticate", "Bearer realm=\"replog\"");
  }

  private static boolean isOpen(HttpServletRequest request) {
    String path = request.getRequestURI();
    return OPEN.contains(path)
        || path.matches("/page/[a-z-]+\\.(js|css|svg)")
        || path.matches("/actuator/health(/liveness|/readiness)?");
  }

  private static boolean isKey(@Nullable String header, String wanted) {
    return header != null
        && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && MessageDigest.isEqual(
            header.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8),
            wanted.getBytes(StandardCharsets.UTF_8));
  }

  /// Browsers say which page a request comes from, unless it only reads within the same one.
  private static boolean isOfAnotherPage(HttpServletRequest request) {
    String origin = request.getHeader("Origin");
    return origin != null && !authority(origin).equals(request.getHeader("Host"));
  }

  private static String authority(String origin) {
    try {
      return String.valueOf(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException _) {
      return "";
    }
  }

  private static String host(HttpServletRequest request) {
    String host = String.valueOf(request.getHeader("Host"));
    return host.replaceFirst(":\\d+$", "");
  }
}
