package io.replog.node.metrics;

import io.micrometer.observation.ObservationPredicate;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/// Leaves those requests out of `http_server_requests_seconds` that come by the thousand, or last
/// for hours, and have meters of their own.
@Configuration(proxyBeanMethods = false)
class ObservedRequests {

  private static final Set<String> MEASURED_ELSEWHERE =
      Set.of("/add", "/replicate", "/heartbeat", "/cluster/events");

  @Bean
  ObservationPredicate onlyRequestsWithoutMetersOfTheirOwn() {
    return (_, context) ->
        !(context instanceof ServerRequestObservationContext server)
            || !isMeasuredElsewhere(server.getCarrier());
  }

  private static boolean isMeasuredElsewhere(@Nullable HttpServletRequest request) {
    return request != null && MEASURED_ELSEWHERE.contains(request.getServletPath());
  }
}
