package io.replog.node.security;

import io.replog.node.events.EventLog;
import io.replog.node.problem.Printable;
import io.replog.node.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Tells of requests that were not let in: at most a line in ten seconds, so that knocking fills no
/// disk. Nobody is locked out: that would be a way to lock others out.
final class RefusedAttempts {

  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final EventLog log;
  private final LongSupplier nanoTime;

  /// When the next line may be written.
  private long nextNanos;

  /// Attempts since the last line.
  private long untold;

  RefusedAttempts(EventLog log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
    this.nextNanos = nanoTime.getAsLong();
  }

  synchronized void note(HttpServletRequest request, Refusal refusal) {
    long now = nanoTime.getAsLong();
    if (now - nextNanos < 0) {
      untold++;
      return;
    }
    log.warn("refused", line(request, refusal));
    nextNanos = now + QUIET_NANOS;
    untold = 0;
  }

  private String line(HttpServletRequest request, Refusal refusal) {
    return "refused %s %s from %s: %d, %s%s"
        .formatted(
            Printable.of(request.getMethod()),
            Printable.of(request.getRequestURI()),
            request.getRemoteAddr(),
            refusal.type().status(),
            refusal.message(),
            untold == 0 ? "" : " (and %d more since the last such line)".formatted(untold));
  }
}
