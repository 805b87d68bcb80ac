package io.replog.node.problem;

import io.replog.node.filter.RequestFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.coyote.CloseNowException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// Breaks the connection of an answer that failed after its first bytes had left: it must not look
/// whole to its reader.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class BrokenAnswers implements RequestFilter {

  private static final String MARK = BrokenAnswers.class.getName();

  /// Notes that the answer to `request` will never be whole.
  static void note(HttpServletRequest request) {
    request.setAttribute(MARK, true);
  }

  @Override
  public void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(request, response);
    if (request.getAttribute(MARK) != null) {
      throw new CloseNowException("the answer failed after its first bytes");
    }
  }
}
