package io.replog.benchmarks.ceiling;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Answers `POST /servlet` by a plain servlet and `POST /controller` by a controller of Spring MVC,
/// both with the answer of a successful add. Its one argument is its port.
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(
    excludeName =
        "org.springframework.boot.webmvc.autoconfigure.WebMvcObservationAutoConfiguration")
@Import(IdleController.class)
public class CeilingApplication {

  /// The body of a successful add.
  static final String ANSWER =
      "{\"status_code\":200,\"message\":\"Message added successfully\",\"data\":null}";

  /// @param arguments the port, of the loopback interface
  public static void main(String[] arguments) {
    SpringApplication application = new SpringApplication(CeilingApplication.class);
    application.setDefaultProperties(
        Map.of(
            "server.address", "127.0.0.1",
            "server.port", arguments[0],
            "server.tomcat.max-keep-alive-requests", "-1",
            "spring.threads.virtual.enabled", "true",
            "spring.main.banner-mode", "off"));
    application.run();
  }

  @Bean
  ServletRegistrationBean<IdleServlet> idleServlet() {
    return new ServletRegistrationBean<>(new IdleServlet(), "/servlet");
  }
}
