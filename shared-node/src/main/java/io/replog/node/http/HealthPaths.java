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
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// Answers for what is no group of `/actuator/health`, which Actuator would answer with an empty
/// body. Single components are not shown, so nothing but the groups is there.
@Component
@Order(0)
final class HealthPaths implements RequestFilter {

  private static final String ROOT = "/actuator/health/";

  private final HealthEndpointGroups groups;

  HealthPaths(HealthEndpointGroups groups) {
    this.groups = groups;
  }

  @Override
  public void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String path = request.getServletPath();
    if (!path.startsWith(ROOT) || groups.getNames().contains(path.substring(ROOT.length()))) {
      chain.doFilter(request, response);
    } else {
      ProblemWriter.write(
          request,
          response,
          Refusal.of(ProblemType.NOT_FOUND, "there is no such health, known are: " + known()));
    }
  }

  private String known() {
    return String.join(", ", groups.getNames().stream().sorted().toList());
  }
}
