package io.replog.node.security;

import io.replog.node.problem.Printable;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One line for every action of an operator: what, by whom, from where, with what outcome. For
/// example `audit: PUT /faults/delay by cluster token from 127.0.0.1: 200, delay_ms 3000`.
public final class Audit {

  private static final Logger LOG = LoggerFactory.getLogger("replog.audit");

  private Audit() {}

  /// Adds to the line of `request` what its path does not say. No secrets, no texts.
  public static void detail(HttpServletRequest request, String words) {
    request.setAttribute(Audit.class.getName(), words);
  }

  /// Writes the line of a request that has been answered, or failed.
  ///
  /// @param status of the answer
  static void done(HttpServletRequest request, int status) {
    Object detail = request.getAttribute(Audit.class.getName());
    LOG.info(
        "audit: {} {} by {} from {}: {}{}",
        Printable.of(request.getMethod()),
        Printable.of(request.getRequestURI()),
        Identity.of(request).words(),
        request.getRemoteAddr(),
        status,
        detail == null ? "" : ", " + Printable.of(detail.toString()));
  }
}
