package io.replog.master.add;

import io.replog.node.filter.RequestFilter;
import io.replog.node.problem.ProblemResolver;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/// Brings an add in its usual form to its handler without having Spring MVC look for it, which
/// costs as much as reading and answering it. Every other form, and every mistake in method or
/// media type, takes the ordinary way; both end in [AddController#add].
@Component
@Order
final class AddShortcut implements RequestFilter {

  private final AddController controller;
  private final ProblemResolver problems;

  AddShortcut(AddController controller, ProblemResolver problems) {
    this.controller = controller;
    this.problems = problems;
  }

  @Override
  public void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (isUsualAdd(request)) {
      add(request, response);
    } else {
      chain.doFilter(request, response);
    }
  }

  private static boolean isUsualAdd(HttpServletRequest request) {
    return request.getMethod().equals(HttpMethod.POST.name())
        && request.getServletPath().equals(AddController.PATH)
        && MediaType.APPLICATION_JSON_VALUE.equals(request.getContentType());
  }

  private void add(HttpServletRequest request, HttpServletResponse response) {
    try {
      controller.add(request, response);
    } catch (Exception failure) {
      problems.resolveException(request, response, controller, failure);
    }
  }
}
