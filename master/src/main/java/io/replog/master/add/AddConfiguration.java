package io.replog.master.add;

import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Tells the web server to let waiting calls watch their connections.
@Configuration(proxyBeanMethods = false)
class AddConfiguration {

  @Bean
  WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> connectionWatches() {
    return factory ->
        factory.addContextCustomizers(
            context -> context.getPipeline().addValve(new ConnectionWatch.Valve()));
  }
}
