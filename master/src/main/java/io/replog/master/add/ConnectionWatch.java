package io.replog.master.add;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/// Notices that a caller has closed its connection while its call waits.
///
/// The servlet API has no word for it, and asking the web server for a read disturbs requests that
/// the caller has sent ahead. Linux keeps a table of every connection with its state, so that is
/// where this looks; elsewhere nothing is noticed, and the wait ends at its timeout. Gone is who
/// was connected when looked at earlier and is not any more.
///
/// A caller that closes only its sending side and still reads looks the same, and is answered as if
/// it had hung up. Owner: the thread of the request.
final class ConnectionWatch implements Caller {

  private final HttpServletRequest request;
  private final Connections connections;
  private final long sinceNanos = System.nanoTime();

  /// Whether it was missing when looked at before. A list that changes while it is read may skip a
  /// line, so one look is not enough.
  private boolean wasClosed;

  /// The watch over the caller of `request`. Costs nothing until it is asked: few calls wait so
  /// long.
  ConnectionWatch(HttpServletRequest request, Connections connections) {
    this.request = request;
    this.connections = connections;
  }

  @Override
  public @Nullable String traceparent() {
    return request.getHeader("traceparent");
  }

  @Override
  public boolean isGone() {
    String connection =
        Connections.name(request.getLocalPort(), request.getRemoteAddr(), request.getRemotePort());
    boolean isClosed = connections.isClosed(connection, sinceNanos);
    boolean isGone = wasClosed && isClosed;
    wasClosed = isClosed;
    return isGone;
  }
}
