package io.replog.node.security;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.context.annotation.Bean;

/// The server behind `MANAGEMENT_PORT`, where there is one, asks the same of its clients.
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class ManagementAccess {

  @Bean
  AccessFilter managementAccessFilter(
      NodeAccess nodes, ClientAccess clients, RefusedAttempts attempts) {
    return new AccessFilter(nodes, clients, attempts);
  }
}
