package io.replog.planted;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One mistake a method.
final class Planted {

  private static final Logger LOG = LoggerFactory.getLogger(Planted.class);

  private Planted() {}

  /// A line break in the parameter forges a line of the log.
  static void forgeLogLine(HttpServletRequest request) {
    LOG.info("hello {}", request.getParameter("visitor"));
  }

  /// The parameter is a command.
  static Process runAnything(HttpServletRequest request) throws IOException {
    return new ProcessBuilder("sh", "-c", request.getParameter("command")).start();
  }

  /// There is never anything to measure.
  static int measureNothing() {
    String nothing = null;
    return nothing.length();
  }
}
