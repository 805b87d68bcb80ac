package io.replog.follower.faults;

import io.replog.node.http.NoAnswer;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/// Closes the connection of a call that is marked to have no answer, which nothing above the web
/// server can do: there, no answer is an empty one.
@Component
final class CutOff implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addContextValves(new Closing());
  }

  private static final class Closing extends ValveBase {

    Closing() {
      super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
      getNext().invoke(request, response);
      if (NoAnswer.isMarked(request)) {
        request
            .getCoyoteRequest()
            .action(ActionCode.CLOSE_NOW, new IOException("an injected fault lets it end here"));
      }
    }
  }
}
