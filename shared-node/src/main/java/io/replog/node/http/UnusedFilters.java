package io.replog.node.http;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.RequestContextFilter;

/// What Spring Boot puts before every request and nothing here needs.
@Configuration(proxyBeanMethods = false)
class UnusedFilters {

  /// It would keep the request for beans that live as long as one; there are none.
  @Bean
  FilterRegistrationBean<RequestContextFilter> noRequestContext() {
    var registration = new FilterRegistrationBean<>(new RequestContextFilter());
    registration.setEnabled(false);
    return registration;
  }
}
