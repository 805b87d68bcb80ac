package io.replog.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.node.settings.NodeSettings;
import io.replog.node.settings.Role;
import io.replog.node.settings.SettingsReader;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.coyote.ProtocolHandler;
import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

class WebServerTest {

  private final NodeSettings settings =
      SettingsReader.read(Role.MASTER, Map.of("PORT", "0", "DATA_DIR", "/nowhere"));
  private final WebServer server =
      new WebServer(settings, Duration.ofSeconds(7), Duration.ofSeconds(7));
  private final TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);

  @Test
  void boundsConnectionsOfTheNode() {
    server.customize(factory);

    assertThat(maxConnections()).isGreaterThan(256);
  }

  @Test
  void boundsConnectionsOfTheManagementPort() {
    server.customizeManagement(factory);

    assertThat(maxConnections()).isEqualTo(256);
  }

  private int maxConnections() {
    AtomicReference<ProtocolHandler> handler = new AtomicReference<>();
    factory.addConnectorCustomizers(connector -> handler.set(connector.getProtocolHandler()));
    factory.getWebServer().destroy();
    return ((TimedConnections) handler.get()).getMaxConnections();
  }
}
