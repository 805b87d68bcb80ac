package io.replog.node.http;

import io.replog.node.filter.RequestFilter;
import io.replog.node.shutdown.StopsFirst;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// Has every answer leave as a whole, once the node stops, before its servlet counts as idle. The
/// web server, which stops next, waits only for servlets: what is still in a buffer then is lost,
/// and whoever waited learns nothing.
///
/// Before everything else that stops first, since that makes the answers.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class AnswersAtStop implements RequestFilter, StopsFirst {

  private static final Logger LOG = LoggerFactory.getLogger(AnswersAtStop.class);

  private volatile boolean stopping;

  @Override
  public void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(request, response);
    if (stopping && !request.isAsyncStarted() && !NoAnswer.isMarked(request)) {
      close(response);
    }
  }

  private static void close(HttpServletResponse response) {
    try {
      response.getOutputStream().close();
    } catch (IOException nobodyReads) {
      LOG.debug("an answer at the stop did not arrive", nobodyReads);
    }
  }

  @Override
  public void stopFirst() {
    stopping = true;
  }
}
