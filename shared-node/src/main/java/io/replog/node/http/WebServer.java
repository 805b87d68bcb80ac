package io.replog.node.http;

import io.replog.node.problem.ProblemReportValve;
import io.replog.node.settings.NodeSettings;
import java.time.Duration;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/// The web server beyond what properties say: more connections than calls that may block, so that
/// probes get through, but no more than the heap can bear; time limits for those who hold them; and
/// refusals of its own in the one form.
@Component
final class WebServer
    implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

  private static final int SPARE_CONNECTIONS = 4_096;

  /// For probes, operators and those who collect figures. They come on top of the others.
  private static final int MANAGEMENT_CONNECTIONS = 256;

  /// What the web server keeps for a connection, most of it buffers: measured at 45 KB.
  private static final int CONNECTION_BYTES = 48 << 10;

  private final NodeSettings settings;
  private final Duration headTime;
  private final Duration bodyGrace;

  WebServer(
      NodeSettings settings,
      @Value("${replog.http.head-time}") Duration headTime,
      @Value("${replog.http.body-grace}") Duration bodyGrace) {
    this.settings = settings;
    this.headTime = headTime;
    this.bodyGrace = bodyGrace;
  }

  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    limit(factory, connections());
  }

  /// The same for the server behind `MANAGEMENT_PORT`, with fewer connections.
  void customizeManagement(TomcatServletWebServerFactory factory) {
    limit(factory, Math.min(MANAGEMENT_CONNECTIONS, connections()));
  }

  private void limit(TomcatServletWebServerFactory factory, int connections) {
    factory.setProtocol(TimedConnections.class.getName());
    factory.addConnectorCustomizers(
        connector -> {
          connector.setProperty("maxConnections", Integer.toString(connections));
          connector.setProperty("headMillis", Long.toString(headTime.toMillis()));
        });
    factory.addEngineValves(new UnreadBody(bodyGrace));
    factory.addContextCustomizers(WebServer::reportAsProblems);
  }

  /// Half of the heap is for connections.
  private int connections() {
    long bearable = Runtime.getRuntime().maxMemory() / 2 / CONNECTION_BYTES;
    return (int) Math.min(settings.maxBlockedWrites() + SPARE_CONNECTIONS, bearable);
  }

  /// Has the server's own refusals written in the one form.
  private static void reportAsProblems(Context context) {
    if (context.getParent() instanceof StandardHost host) {
      host.setErrorReportValveClass(ProblemReportValve.class.getName());
    }
  }
}
