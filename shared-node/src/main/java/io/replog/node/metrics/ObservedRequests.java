package io.replog.node.metrics;

import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.ServerHttpObservationFilter;

/// Leaves those requests out of `http_server_requests_seconds` that come by the thousand, or last
/// for hours, and have meters of their own.
@Configuration(proxyBeanMethods = false)
class ObservedRequests {

  private static final Set<String> MEASURED_ELSEWHERE =
      Set.of("/add", "/replicate", "/heartbeat", "/cluster/events");

  @Bean
  FilterRegistrationBean<ServerHttpObservationFilter> requestObservation(
      ObservationRegistry observations) {
    var registration = new FilterRegistrationBean<>(filter(observations));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
    registration.setDispatcherTypes(DispatcherType.ASYNC, DispatcherType.REQUEST);
    return registration;
  }

  private static ServerHttpObservationFilter filter(ObservationRegistry observations) {
    return new ServerHttpObservationFilter(observations) {

      @Override
      protected boolean shouldNotFilter(HttpServletRequest request) {
        return MEASURED_ELSEWHERE.contains(request.getServletPath());
      }
    };
  }
}
