package io.replog.node.http;

import io.replog.node.filter.RequestFilter;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.ProblemWriter;
import io.replog.node.problem.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// Serves no path with parameters of its own, such as `/messages;a=b`: none has a meaning here, and
/// a path that is written in two ways is a way around whoever guards only one.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 25)
final class PlainPaths implements RequestFilter {

  @Override
  public void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getRequestURI().indexOf(';') < 0) {
      chain.doFilter(request, response);
    } else {
      ProblemWriter.write(
          request,
          response,
          Refusal.of(
              ProblemType.NOT_FOUND, "there is nothing at this path: no path has parameters (;)"));
    }
  }
}
