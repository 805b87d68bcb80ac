package io.replog.node.http;

import io.replog.node.problem.ProblemResolver;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/// The server behind `MANAGEMENT_PORT`, where there is one: it has the headers, the refusals and
/// the time limits of the other.
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class ManagementPort {

  @Bean
  SafetyHeaders managementSafetyHeaders() {
    return new SafetyHeaders();
  }

  @Bean
  PlainPaths managementPlainPaths() {
    return new PlainPaths();
  }

  @Bean
  HealthPaths managementHealthPaths(HealthEndpointGroups groups) {
    return new HealthPaths(groups);
  }

  @Bean
  ProblemResolver managementProblems() {
    return new ProblemResolver();
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> managementLimits(WebServer server) {
    return server::customizeManagement;
  }
}
