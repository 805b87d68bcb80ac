package io.replog.node.filter;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// A filter that sees each HTTP request once: not again when it is dispatched to an error page or
/// goes on after a wait. It notes nothing in the request, which is what Spring's own
/// `OncePerRequestFilter` costs every add.
public interface RequestFilter extends Filter {

  /// Answers, or passes on.
  void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException;

  @Override
  default void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    filter((HttpServletRequest) request, (HttpServletResponse) response, chain);
  }
}
