package io.replog.master.export;

import static io.replog.master.kit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.replog.master.trace.TraceAnswer;
import io.replog.master.trace.TraceAnswer.Moment;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// Whatever an exporter does, each trace is counted once, and the next ones are sent.
class ExportLossTest {

  private static final Moment NOW = new Moment("2026-11-20T19:30:00Z", 0);

  /// Without anybody else's: `POST /add`, `queue`, `write`, `force`.
  private static final TraceAnswer TRACE =
      new TraceAnswer(1, 1, null, NOW, NOW, NOW, NOW, List.of(), NOW, 1);

  private static final int SPANS_OF_TRACE = 4;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<Integer> requests = new CopyOnWriteArrayList<>();

  private double counted(String name) {
    return meters.get(name).counters().stream().mapToDouble(counter -> counter.count()).sum();
  }

  private TraceExport started(Queue<List<TraceAnswer>> turns, Exporter exporter) {
    TraceExport.Source source = () -> turns.isEmpty() ? List.of() : turns.remove();
    TraceExport export =
        new TraceExport(source, new Spans("master"), exporter, new ExportMeters(meters));
    export.afterPropertiesSet();
    return export;
  }

  @FunctionalInterface
  private interface Exporter extends SpanExporter {

    @Override
    default CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    default CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }

  private CompletableResultCode note(Collection<SpanData> spans) {
    requests.add(spans.size());
    return CompletableResultCode.ofSuccess();
  }

  @Test
  void sendsSomeSpansInEachRequest() {
    int traces = 1_000;
    TraceExport export =
        started(new ArrayDeque<>(List.of(Collections.nCopies(traces, TRACE))), this::note);

    await().until(() -> counted("replog.exported.traces") == traces);
    export.stopFirst();

    assertThat(requests).allMatch(spans -> spans <= Batch.MAX_SPANS);
    assertThat(requests.stream().mapToInt(spans -> spans).sum()).isEqualTo(traces * SPANS_OF_TRACE);
    assertThat(counted("replog.lost.traces")).isZero();
  }

  @Test
  void countsTheRestWhenOneRequestFails() {
    int traces = 300;
    int taken = Batch.MAX_SPANS / SPANS_OF_TRACE;
    TraceExport export =
        started(
            new ArrayDeque<>(List.of(Collections.nCopies(traces, TRACE))),
            spans -> requests.isEmpty() ? note(spans) : CompletableResultCode.ofFailure());

    await().until(() -> counted("replog.lost.traces") > 0);
    export.stopFirst();

    assertThat(counted("replog.exported.traces")).isEqualTo(taken);
    assertThat(counted("replog.lost.traces")).isEqualTo(traces - taken);
  }

  @Test
  void goesOnAfterAnError() {
    Queue<RuntimeException> failures = new ArrayDeque<>(List.of(new IllegalStateException("bad")));
    Queue<Error> errors = new ArrayDeque<>(List.of(new NoClassDefFoundError("missing")));
    TraceExport export =
        started(
            new ArrayDeque<>(List.of(List.of(TRACE), List.of(TRACE), List.of(TRACE))),
            spans -> {
              if (!failures.isEmpty()) {
                throw failures.remove();
              }
              if (!errors.isEmpty()) {
                throw errors.remove();
              }
              return note(spans);
            });

    await().until(() -> counted("replog.exported.traces") == 1);
    export.stopFirst();

    assertThat(counted("replog.lost.traces")).isEqualTo(2);
  }
}
