package io.replog.node.http;

import io.replog.node.filter.RequestFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// Headers that every answer has: browsers do not guess types, run nothing foreign, and nobody
/// keeps old answers.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SafetyHeaders implements RequestFilter {

  @Override
  public void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
    response.setHeader("Cache-Control", "no-store");
    chain.doFilter(request, response);
  }
}
