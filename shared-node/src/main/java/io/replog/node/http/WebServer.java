package io.replog.node.http;

import io.replog.node.problem.ProblemReportValve;
import io.replog.node.settings.NodeSettings;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/// The web server beyond what properties say: more connections than calls that may block, so that
/// probes get through, and refusals of its own in the one form.
@Component
final class WebServer
    implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory>, Ordered {

  private static final int SPARE_CONNECTIONS = 4_096;

  private final NodeSettings settings;

  WebServer(NodeSettings settings) {
    this.settings = settings;
  }

  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }

  @Override
  public void customize(ConfigurableTomcatWebServerFactory factory) {
    int connections = settings.maxBlockedWrites() + SPARE_CONNECTIONS;
    factory.addConnectorCustomizers(
        connector -> connector.setProperty("maxConnections", Integer.toString(connections)));
    factory.addContextCustomizers(WebServer::reportAsProblems);
  }

  /// Has the server's own refusals written in the one form.
  static void reportAsProblems(Context context) {
    if (context.getParent() instanceof StandardHost host) {
      host.setErrorReportValveClass(ProblemReportValve.class.getName());
    }
  }
}
