package io.replog.follower.faults;

import io.replog.node.faults.InjectedFaults;
import io.replog.node.filter.RequestFilter;
import io.replog.node.http.NoAnswer;
import io.replog.node.problem.ProblemWriter;
import io.replog.node.security.Area;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.util.ContentCachingResponseWrapper;

/// Lets calls of the master meet the faults in force; everybody else passes.
///
/// An error before the append answers in place of the controllers. An error after it answers in
/// place of their answer, once that says that the batch is durable. Both are 500, an answer that
/// leaves it open whether anything was appended, so neither is a lie, and the master has to find
/// out by trying again.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 27)
final class FaultFilter implements RequestFilter {

  /// Longer than a master waits for a batch that is not delayed. A call that has waited so long is
  /// cut off, still without an answer.
  private static final long MAX_SILENCE_MILLIS = 30_000;

  /// Calls that may be held at once. What comes beyond is cut off at once.
  private static final int MAX_SILENT = 512;

  private final FaultsInForce force;
  private final Semaphore silent = new Semaphore(MAX_SILENT);

  FaultFilter(FaultsInForce force) {
    this.force = force;
  }

  /// Calls that are held without an answer now.
  int silentCalls() {
    return MAX_SILENT - silent.availablePermits();
  }

  @Override
  public void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    InjectedFaults faults = force.faults();
    if (!faults.changeAnswers() || Area.of(request.getServletPath()) != Area.NODES) {
      chain.doFilter(request, response);
    } else if (faults.partition()) {
      NoAnswer.mark(request);
    } else if (faults.pause()) {
      fallSilent(faults, request);
    } else if (isBatch(request) && force.draw(faults.errorBeforePercent())) {
      refuse(request, response, "an error was injected before the append");
    } else {
      carryOut(faults, request, response, chain);
    }
  }

  private void carryOut(
      InjectedFaults faults,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
    chain.doFilter(request, answer);
    boolean done = answer.getStatus() == HttpServletResponse.SC_OK;
    if (force.draw(faults.dropAnswersPercent())) {
      fallSilent(faults, request);
    } else if (isBatch(request) && done && force.draw(faults.errorAfterPercent())) {
      refuse(request, response, "an error was injected after the append");
    } else {
      answer.copyBodyToResponse();
    }
  }

  private static boolean isBatch(HttpServletRequest request) {
    return request.getServletPath().equals("/replicate");
  }

  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, String message) throws IOException {
    ProblemWriter.write(request, response, BatchFaults.injected(message));
  }

  private void fallSilent(InjectedFaults because, HttpServletRequest request) {
    NoAnswer.mark(request);
    if (silent.tryAcquire()) {
      try {
        force.awaitEnd(because, MAX_SILENCE_MILLIS);
      } finally {
        silent.release();
      }
    }
  }
}
