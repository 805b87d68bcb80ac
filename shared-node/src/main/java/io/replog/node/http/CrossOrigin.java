package io.replog.node.http;

import io.replog.node.problem.ProblemType;
import io.replog.node.problem.ProblemWriter;
import io.replog.node.problem.Refusal;
import io.replog.node.settings.NodeSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.filter.CorsFilter;

/// Which pages of others may call: those of `CORS_ORIGINS`, none by default.
@Configuration(proxyBeanMethods = false)
class CrossOrigin {

  private static final List<String> EXPOSED =
      List.of(
          "Location",
          "Log-Index",
          "Log-Epoch",
          "Log-Id",
          "Commit-Index",
          "Log-First-Index",
          "Node",
          "Replication-Acks",
          "Idempotent-Replay",
          "Retry-After");

  @Bean
  FilterRegistrationBean<CorsFilter> corsFilter(NodeSettings settings) {
    CorsConfiguration rules = rules(settings.corsOrigins());
    CorsFilter filter = new PagesOnly(rules);
    filter.setCorsProcessor(new RefusingProcessor());
    FilterRegistrationBean<CorsFilter> registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
    return registration;
  }

  private static @Nullable CorsConfiguration rules(List<String> origins) {
    if (origins.isEmpty()) {
      return null;
    }
    CorsConfiguration rules = new CorsConfiguration();
    rules.setAllowedOrigins(origins);
    rules.setAllowedMethods(List.of("GET", "HEAD", "POST"));
    rules.setAllowedHeaders(
        List.of("Content-Type", "Accept", "Idempotency-Key", "Last-Event-ID", "Authorization"));
    rules.setExposedHeaders(EXPOSED);
    rules.setMaxAge(600L);
    return rules;
  }

  /// Looks only at requests of pages: no answer may be kept, so none needs to name what it varies
  /// by.
  private static final class PagesOnly extends CorsFilter {

    PagesOnly(@Nullable CorsConfiguration rules) {
      super(_ -> rules);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
      return request.getHeader(HttpHeaders.ORIGIN) == null;
    }
  }

  /// Says no in the form of every other no.
  private static final class RefusingProcessor extends DefaultCorsProcessor {

    @Override
    public boolean processRequest(
        @Nullable CorsConfiguration rules, HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      boolean allowed = super.processRequest(rules, request, response);
      if (!allowed) {
        ProblemWriter.write(
            request,
            response,
            Refusal.of(
                ProblemType.FORBIDDEN, "pages of this origin may not call, see CORS_ORIGINS"));
      }
      return allowed;
    }

    @Override
    protected void rejectRequest(ServerHttpResponse response) {
      ((ServletServerHttpResponse) response).getServletResponse().setStatus(403);
    }
  }
}
