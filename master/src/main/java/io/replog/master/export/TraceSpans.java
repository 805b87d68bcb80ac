package io.replog.master.export;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.replog.master.trace.TraceAnswer.Moment;
import io.replog.master.trace.TraceAnswer.Try;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The spans of one trace while they are made. A span whose beginning or end is not known is left
/// out, with what would be in it.
final class TraceSpans {

  private static final int TRACE_AT = 3;
  private static final int SPAN_AT = 36;
  private static final int FLAGS_AT = 53;

  private final List<SpanData> spans = new ArrayList<>();
  private final SpanContext outside;
  private final String traceId;

  /// A span that others may be in, and the node that they are of.
  record Made(Resource node, SpanContext context) {

    /// The same, with what is in it on another node.
    Made at(Resource other) {
      return new Made(other, context);
    }
  }

  /// @param traceparent of who called, of the right form; null = a trace of its own
  TraceSpans(@Nullable String traceparent) {
    this.outside =
        traceparent == null
            ? SpanContext.getInvalid()
            : SpanContext.createFromRemoteParent(
                traceparent.substring(TRACE_AT, SPAN_AT - 1),
                traceparent.substring(SPAN_AT, FLAGS_AT - 1),
                TraceFlags.getSampled(),
                TraceState.getDefault());
    this.traceId =
        outside.isValid() ? outside.getTraceId() : IdGenerator.random().generateTraceId();
  }

  /// What the first span is in: that of who called, if there is one.
  Made root(Resource node) {
    return new Made(node, outside);
  }

  @Nullable Made add(Made parent, String name, @Nullable Moment from, @Nullable Moment to) {
    return add(parent, SpanKind.INTERNAL, name, from, to, Attributes.empty());
  }

  /// @return what others may be in, null when it was left out
  @Nullable Made add(
      Made parent,
      SpanKind kind,
      String name,
      @Nullable Moment from,
      @Nullable Moment to,
      Attributes attributes) {
    String id = IdGenerator.random().generateSpanId();
    return add(parent, id, kind, name, from, to, StatusData.unset(), attributes);
  }

  /// A sending has the id that went along with it.
  @Nullable Made sending(Made parent, Try sent, Attributes attributes) {
    String along = sent.traceparent();
    boolean ours = along != null && along.startsWith(traceId, TRACE_AT);
    String id =
        along != null && ours
            ? along.substring(SPAN_AT, FLAGS_AT - 1)
            : IdGenerator.random().generateSpanId();
    String error = sent.error();
    StatusData status =
        error == null ? StatusData.unset() : StatusData.create(StatusCode.ERROR, error);
    return add(
        parent,
        id,
        SpanKind.CLIENT,
        "POST /replicate",
        sent.sent(),
        sent.ended(),
        status,
        attributes);
  }

  private @Nullable Made add(
      Made parent,
      String id,
      SpanKind kind,
      String name,
      @Nullable Moment from,
      @Nullable Moment to,
      StatusData status,
      Attributes attributes) {
    if (from == null || to == null) {
      return null;
    }
    SpanContext context =
        SpanContext.create(traceId, id, TraceFlags.getSampled(), TraceState.getDefault());
    spans.add(
        new FinishedSpan(
            parent.node(),
            context,
            parent.context(),
            name,
            kind,
            nanos(from),
            nanos(to),
            status,
            attributes));
    return new Made(parent.node(), context);
  }

  private static long nanos(Moment moment) {
    Instant at = Instant.parse(moment.at());
    return TimeUnit.SECONDS.toNanos(at.getEpochSecond()) + at.getNano();
  }

  List<SpanData> all() {
    return List.copyOf(spans);
  }
}
