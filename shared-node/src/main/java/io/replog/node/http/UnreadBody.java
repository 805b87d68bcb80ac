package io.replog.node.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.apache.coyote.CloseNowException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Takes in what is left of a body that nobody wanted, so that its sender gets to read the answer;
/// but only so much of it and for so long, then its connection is closed. The web server by itself
/// would wait for a byte at a time.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
final class UnreadBody extends OncePerRequestFilter {

  private static final long MAX_BYTES = 2L << 20;
  private static final int BUFFER_BYTES = 8_192;

  private final Duration grace;

  UnreadBody(@Value("${replog.http.body-grace}") Duration grace) {
    this.grace = grace;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(request, response);
    ServletInputStream body = request.getInputStream();
    if (!body.isFinished()) {
      response.flushBuffer();
      takeInOrClose(body);
    }
  }

  private void takeInOrClose(ServletInputStream body) throws CloseNowException {
    try {
      takeIn(body);
    } catch (CloseNowException endless) {
      throw endless;
    } catch (IOException broken) {
      throw new CloseNowException("the rest of the body cannot be read", broken);
    }
  }

  private void takeIn(ServletInputStream body) throws IOException {
    long start = System.nanoTime();
    byte[] buffer = new byte[BUFFER_BYTES];
    long taken = 0;
    int count = 0;
    while (count >= 0) {
      if (taken > MAX_BYTES || System.nanoTime() - start > grace.toNanos()) {
        throw new CloseNowException("nobody wanted the body, and its end was not in sight");
      }
      count = body.read(buffer);
      taken += count;
    }
  }
}
