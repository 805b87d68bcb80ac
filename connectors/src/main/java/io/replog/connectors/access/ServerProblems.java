package io.replog.connectors.access;

import io.replog.node.problem.ProblemReportValve;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/// Has the web server's own refusals written in the one form of errors.
@Component
final class ServerProblems implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addContextCustomizers(ServerProblems::report);
  }

  private static void report(Context context) {
    if (context.getParent() instanceof StandardHost host) {
      host.setErrorReportValveClass(ProblemReportValve.class.getName());
    }
  }
}
