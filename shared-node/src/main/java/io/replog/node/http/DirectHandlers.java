package io.replog.node.http;

import io.replog.node.filter.RequestFilter;
import io.replog.node.problem.ProblemResolver;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/// The last filter: calls a [DirectHandler] for the usual request to its path, and lets everything
/// else go on to Spring MVC.
@Component
@Order
final class DirectHandlers implements RequestFilter {

  private final Map<String, DirectHandler> handlers;
  private final ProblemResolver problems;

  DirectHandlers(List<DirectHandler> handlers, ProblemResolver problems) {
    this.handlers =
        handlers.stream().collect(Collectors.toMap(DirectHandler::path, Function.identity()));
    this.problems = problems;
  }

  @Override
  public void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    DirectHandler handler = handler(request);
    if (handler == null) {
      chain.doFilter(request, response);
    } else {
      handle(handler, request, response);
    }
  }

  private @Nullable DirectHandler handler(HttpServletRequest request) {
    boolean usual =
        request.getMethod().equals(HttpMethod.POST.name())
            && MediaType.APPLICATION_JSON_VALUE.equals(request.getContentType());
    return usual ? handlers.get(request.getServletPath()) : null;
  }

  private void handle(
      DirectHandler handler, HttpServletRequest request, HttpServletResponse response) {
    try {
      handler.handle(request, response);
    } catch (Exception failure) {
      problems.resolveException(request, response, handler, failure);
    } catch (Error failure) {
      problems.resolveException(request, response, handler, new ServletException(failure));
    }
  }
}
