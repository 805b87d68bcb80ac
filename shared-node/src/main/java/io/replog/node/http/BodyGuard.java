package io.replog.node.http;

import io.replog.node.filter.RequestFilter;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.ProblemWriter;
import io.replog.node.problem.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/// Keeps bodies within their limits and codings: a declared length above the limit is refused at
/// once, the rest while it is read. A body that was too slow takes its connection with it.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 30)
final class BodyGuard implements RequestFilter {

  private final BodyRules rules;

  BodyGuard(BodyRules rules) {
    this.rules = rules;
  }

  @Override
  public void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    boolean bulk = BodyRules.isBulk(request.getServletPath(), request.getContentType());
    long limit = rules.limit(request.getServletPath(), bulk);
    if (request.getContentLengthLong() > limit) {
      ProblemWriter.write(request, response, GuardedBody.tooLarge(limit));
      return;
    }
    String unreadable =
        BodyRules.unreadable(
            request.getContentType(), request.getHeader(HttpHeaders.CONTENT_ENCODING));
    if (unreadable != null) {
      ProblemWriter.write(
          request, response, Refusal.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, unreadable));
      return;
    }
    GuardedRequest guarded = new GuardedRequest(request, limit, bulk);
    try {
      chain.doFilter(guarded, response);
    } finally {
      guarded.release();
    }
    Object readFailure = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
    if (readFailure instanceof IOException) {
      // The server has set its answer when the read failed; without this it would turn into 500.
      request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
    } else if (response.getStatus() == ProblemType.REQUEST_TIMEOUT.status()) {
      // The answer has left; what still trickles in is not waited for.
      throw new CloseNowException("the body was too slow");
    }
  }

  private final class GuardedRequest extends HttpServletRequestWrapper {

    private final long limit;
    private final boolean bulk;
    private final BodyBudget budget;
    private @Nullable GuardedBody body;

    GuardedRequest(HttpServletRequest request, long limit, boolean bulk) {
      super(request);
      this.bulk = bulk;
      this.limit = limit;
      this.budget = rules.budget(request.getServletPath());
    }

    void release() {
      GuardedBody opened = body;
      if (opened != null) {
        opened.release();
      }
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      GuardedBody opened = body;
      if (opened == null) {
        opened = new GuardedBody(super.getInputStream(), rules, limit, bulk, budget);
        body = opened;
      }
      return opened;
    }

    @Override
    public BufferedReader getReader() throws IOException {
      return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }
  }
}
