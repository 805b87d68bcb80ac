package io.replog.node.security;

import io.replog.node.events.EventLog;
import io.replog.node.settings.NodeSettings;
import io.replog.node.settings.TlsSettings;
import io.replog.node.settings.UnusableException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Finds the secret of the cluster, `CLUSTER_TOKEN`, else the file, and the keys of clients.
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

  @Bean
  ClusterToken clusterToken(NodeSettings settings) {
    String given = settings.clusterToken();
    return new ClusterToken(given == null ? fromFile(settings) : given);
  }

  @Bean
  NodeAccess nodeAccess(NodeSettings settings, ClusterToken token) {
    TlsSettings tls = settings.tls();
    return new NodeAccess(
        token, tls == null || !tls.isMutual() ? null : new PeerNames(tls.peers()));
  }

  @Bean
  ClientAccess clientAccess(NodeSettings settings, ClusterToken token) {
    Path file = settings.access().apiKeysFile();
    return new ClientAccess(
        file == null ? null : new ApiKeys(new ApiKeyFile(file, token), System::nanoTime));
  }

  @Bean
  RefusedAttempts refusedAttempts(EventLog log) {
    return new RefusedAttempts(log, System::nanoTime);
  }

  private static String fromFile(NodeSettings settings) {
    try {
      return new TokenFile(settings.clusterTokenFile(), new SecureRandom()).readOrCreate();
    } catch (IOException | UnsupportedOperationException unusable) {
      throw new UnusableException(
          "CLUSTER_TOKEN_FILE=%s cannot be used: it must be a file that can be read, or made: %s"
              .formatted(settings.clusterTokenFile(), unusable.getMessage()));
    }
  }
}
