package io.replog.master.export;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
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
      List<TraceAnswer> traces = source.take();
      if (!traces.isEmpty()) {
        export(traces, patience);
      }
    } catch (RuntimeException failed) {
      warn(words(failed));
    }
  }

  private void export(List<TraceAnswer> traces, Duration patience) {
    List<SpanData> all = traces.stream().flatMap(trace -> spans.of(trace).stream()).toList();
    CompletableResultCode result =
        exporter.export(all).join(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (result.isSuccess()) {
      meters.exported(traces.size());
      recovered();
    } else {
      meters.failed(traces.size());
      Throwable why = result.getFailureThrowable();
      warn(why == null ? "no answer in time" : words(why));
    }
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
