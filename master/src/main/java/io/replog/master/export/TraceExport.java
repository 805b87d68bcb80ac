package io.replog.master.export;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.replog.master.trace.TraceAnswer;
import io.replog.node.problem.Printable;
import io.replog.node.shutdown.StopsFirst;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;

/// Exports finished traces, twice a second, on a thread of its own. What a collector does not take
/// within two seconds is lost and counted, never tried again and never waited for by anybody else:
/// meanwhile a bounded number waits.
final class TraceExport implements InitializingBean, StopsFirst {

  /// How long a collector may take.
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(TraceExport.class);
  private static final Duration PERIOD = Duration.ofMillis(500);
  private static final Duration LAST_WORDS = Duration.ofMillis(400);

  /// A line for each change, and no more than one each minute.
  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Source source;
  private final Spans spans;
  private final SpanExporter exporter;
  private final ExportMeters meters;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private boolean failing;
  private long warnedNanos = System.nanoTime() - QUIET_NANOS;

  /// Gives out what is finished.
  @FunctionalInterface
  interface Source {
    List<TraceAnswer> take() throws InterruptedException;
  }

  TraceExport(Source source, Spans spans, SpanExporter exporter, ExportMeters meters) {
    this.source = source;
    this.spans = spans;
    this.exporter = exporter;
    this.meters = meters;
    this.thread = Thread.ofPlatform().name("trace-export").daemon().unstarted(this::run);
  }

  @Override
  public void afterPropertiesSet() {
    thread.start();
  }

  private void run() {
    try {
      while (!stopping.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
        turn(PATIENCE);
      }
      turn(LAST_WORDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Throws nothing else: the thread would end.
  private void turn(Duration patience) throws InterruptedException {
    try {
      export(source.take(), patience);
    } catch (RuntimeException | Error failed) {
      warn(words(failed));
    }
  }

  /// Whatever happens, each trace is counted: as exported or as lost.
  private void export(List<TraceAnswer> traces, Duration patience) {
    long untilNanos = System.nanoTime() + patience.toNanos();
    int left = traces.size();
    try {
      for (Batch batch : Batch.of(traces.stream().map(spans::of).toList())) {
        if (!isTaken(batch, untilNanos)) {
          break;
        }
        meters.exported(batch.traces());
        left -= batch.traces();
      }
    } finally {
      meters.failed(left);
    }
  }

  private boolean isTaken(Batch batch, long untilNanos) {
    long leftNanos = Math.max(0, untilNanos - System.nanoTime());
    CompletableResultCode result =
        exporter.export(batch.spans()).join(leftNanos, TimeUnit.NANOSECONDS);
    if (result.isSuccess()) {
      recovered();
    } else {
      Throwable why = result.getFailureThrowable();
      warn(why == null ? "no answer in time" : words(why));
    }
    return result.isSuccess();
  }

  /// What the exporter has met, without exceptions that say nothing but what they were made of.
  private static String words(Throwable failure) {
    Throwable cause = failure.getCause();
    String message = failure.getMessage();
    if (cause != null && cause.toString().equals(message)) {
      return words(cause);
    }
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private void warn(String why) {
    failing = true;
    if (System.nanoTime() - warnedNanos >= QUIET_NANOS) {
      warnedNanos = System.nanoTime();
      LOG.warn("traces do not reach the collector and are lost: {}", Printable.of(why));
    }
  }

  private void recovered() {
    if (failing) {
      failing = false;
      LOG.info("traces reach the collector");
    }
  }

  /// Exports what is finished, for half a second at most.
  @Override
  public void stopFirst() {
    stopping.countDown();
    try {
      thread.join(LAST_WORDS.plusMillis(100));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    exporter.shutdown();
  }
}
