package io.replog.node.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.coyote.CloseNowException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Breaks the connection of an answer that failed after its first bytes had left: it must not look
/// whole to its reader.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class BrokenAnswers extends OncePerRequestFilter {

  private static final String MARK = BrokenAnswers.class.getName();

  /// Notes that the answer to `request` will never be whole.
  static void note(HttpServletRequest request) {
    request.setAttribute(MARK, true);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(request, response);
    if (request.getAttribute(MARK) != null) {
      throw new CloseNowException("the answer failed after its first bytes");
    }
  }
}
