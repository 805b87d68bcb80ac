package io.replog.node.problem;

import io.replog.log.LogCorruptException;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/// Answers every exception of a handler, before any other resolver and without content negotiation.
/// An answer that has begun to leave cannot turn into a problem; it is broken off.
@Component
public final class ProblemResolver implements HandlerExceptionResolver, Ordered {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemResolver.class);

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }

  @Override
  public ModelAndView resolveException(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object handler,
      Exception failure) {
    Refusal refusal = RefusalOf.exception(failure);
    if (refusal.type() == ProblemType.INTERNAL_ERROR && !isTold(failure)) {
      LOG.error(
          "{} {} failed", request.getMethod(), Printable.of(request.getRequestURI()), failure);
    }
    answer(request, response, refusal);
    return new ModelAndView();
  }

  private static void answer(
      HttpServletRequest request, HttpServletResponse response, Refusal refusal) {
    if (response.isCommitted() && !isAnsweredByServer(request)) {
      BrokenAnswers.note(request);
    }
    try {
      ProblemWriter.write(request, response, refusal);
    } catch (IOException gone) {
      LOG.debug("the caller is gone: {}", gone.toString());
    }
  }

  /// Whether a body could not be read: then the server has set an answer of its own, which looks
  /// like one that has begun to leave and is none.
  private static boolean isAnsweredByServer(HttpServletRequest request) {
    return request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof IOException;
  }

  /// Whether nobody needs a trace: the caller is gone, or the log has spoken of its damage.
  private static boolean isTold(@Nullable Throwable failure) {
    return failure instanceof LogCorruptException || callerIsGone(failure);
  }

  private static boolean callerIsGone(@Nullable Throwable failure) {
    return failure != null
        && (failure instanceof ClientAbortException || callerIsGone(failure.getCause()));
  }
}
