package io.replog.master.add;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/// Notices that a caller has closed its connection while its call waits.
///
/// It asks the web server for a read that does not wait. Three things can come of it. Nothing is
/// there: the caller waits. Bytes of the caller's next request are there: they stay in the web
/// server's buffer for that request, and while they do, no further read is tried. The end of the
/// stream, or an error: the web server then reports one byte although its buffer is empty, so that
/// whoever reads it meets the error. That difference is what this class looks at.
///
/// A caller that closes only its sending side and still reads looks the same, and is answered as if
/// it had hung up. Owner: the thread of the request.
final class ConnectionWatch implements Caller {

  private static final String ATTRIBUTE = ConnectionWatch.class.getName();
  private static final Caller UNKNOWN = () -> false;

  private final org.apache.coyote.Request connection;

  private ConnectionWatch(org.apache.coyote.Request connection) {
    this.connection = connection;
  }

  /// The watch over the caller of `request`; one that notices nothing under another web server.
  static Caller of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Caller caller ? caller : UNKNOWN;
  }

  @Override
  public boolean isGone() {
    boolean nextRequestWaits = available(false) > 0;
    return !nextRequestWaits && available(true) > 0 && available(false) == 0;
  }

  /// Bytes that the web server reports.
  ///
  /// @param read whether it tries to read some, without waiting, when its buffer is empty
  private int available(boolean read) {
    connection.action(ActionCode.AVAILABLE, read);
    return connection.getAvailable();
  }

  /// Puts a watch beside every request that may wait long.
  static final class Valve extends ValveBase {

    private static final String PATH = "/add";

    Valve() {
      super(true);
    }

    @Override
    public void invoke(Request request, Response response)
        throws IOException, ServletException {
      if (PATH.equals(request.getRequestURI())) {
        request.setAttribute(ATTRIBUTE, new ConnectionWatch(request.getCoyoteRequest()));
      }
      getNext().invoke(request, response);
    }
  }
}
