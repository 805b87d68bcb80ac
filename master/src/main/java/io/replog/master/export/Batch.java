package io.replog.master.export;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.List;

/// What goes to a collector in one request: whole traces, with [#MAX_SPANS] spans together at most
/// unless one alone has more.
final class Batch {

  static final int MAX_SPANS = 512;

  private final List<SpanData> spans = new ArrayList<>();
  private int traces;

  /// @param traces the spans of each
  static List<Batch> of(List<List<SpanData>> traces) {
    List<Batch> batches = new ArrayList<>();
    for (List<SpanData> trace : traces) {
      if (batches.isEmpty() || !batches.getLast().hasRoomFor(trace)) {
        batches.add(new Batch());
      }
      batches.getLast().add(trace);
    }
    return batches;
  }

  private boolean hasRoomFor(List<SpanData> trace) {
    return spans.size() + trace.size() <= MAX_SPANS;
  }

  private void add(List<SpanData> trace) {
    spans.addAll(trace);
    traces++;
  }

  List<SpanData> spans() {
    return List.copyOf(spans);
  }

  /// How many.
  int traces() {
    return traces;
  }
}
