package io.replog.node.tls;

import io.replog.node.settings.NodeSettings;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Gives the one bundle to those who call other nodes.
@Configuration(proxyBeanMethods = false)
class TlsConfiguration {

  @Bean
  OutgoingTls outgoingTls(NodeSettings settings, SslBundles bundles) {
    return settings.tls() == null ? OutgoingTls.PLAIN : new OutgoingTls(bundles);
  }
}
