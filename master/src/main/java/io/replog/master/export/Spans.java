package io.replog.master.export;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.replog.master.export.TraceSpans.Made;
import io.replog.master.trace.TraceAnswer;
import io.replog.master.trace.TraceAnswer.Moment;
import io.replog.master.trace.TraceAnswer.OnFollower;
import io.replog.master.trace.TraceAnswer.There;
import io.replog.master.trace.TraceAnswer.Try;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the spans of a trace. All moments are of the master's clock, also those of followers,
/// which it has placed there itself.
///
/// `POST /add`, from the receiving to the release, holds `queue`, `write`, `force`, and for each
/// follower `replicate`, which holds its sendings; one that was acknowledged holds what the
/// follower has told: `append`, with `hold` and `force`. A follower that nobody waits for may end
/// after the call.
final class Spans {

  private static final String SERVICE = "replog";

  private final Resource master;

  /// @param node name of the master
  Spans(String node) {
    this.master = resource(node, "master");
  }

  private static Resource resource(String node, String role) {
    return Resource.create(
        Attributes.of(
            stringKey("service.name"),
            SERVICE + "-" + role,
            stringKey("service.namespace"),
            SERVICE,
            stringKey("service.instance.id"),
            node));
  }

  List<SpanData> of(TraceAnswer trace) {
    TraceSpans spans = new TraceSpans(trace.traceparent());
    Made add =
        spans.add(
            spans.root(master),
            SpanKind.SERVER,
            "POST /add",
            trace.received(),
            endOf(trace),
            attributes(trace));
    if (add != null) {
      own(spans, add, trace);
      trace.followers().forEach(follower -> replicate(spans, add, follower));
    }
    return spans.all();
  }

  /// A call that was given up, or waits still, has no end that is told: then the last that is
  /// known.
  private static @Nullable Moment endOf(TraceAnswer trace) {
    return trace.released() == null ? trace.durable() : trace.released();
  }

  private static Attributes attributes(TraceAnswer trace) {
    return Attributes.builder()
        .put(longKey("replog.index"), trace.index())
        .put(longKey("replog.write_concern"), trace.writeConcern())
        .put(booleanKey("replog.released"), trace.released() != null)
        .put(longKey("replog.acks"), acks(trace))
        .build();
  }

  private static long acks(TraceAnswer trace) {
    Integer acks = trace.releasedAcks();
    return acks == null ? 0 : acks;
  }

  private static void own(TraceSpans spans, Made add, TraceAnswer trace) {
    spans.add(add, "queue", trace.received(), trace.appended());
    if (trace.written() == null) {
      spans.add(add, "write and force", trace.appended(), trace.durable());
    } else {
      spans.add(add, "write", trace.appended(), trace.written());
      spans.add(add, "force", trace.written(), trace.durable());
    }
  }

  private static void replicate(TraceSpans spans, Made add, OnFollower follower) {
    Moment end =
        follower.acknowledged() == null ? lastEnd(follower.tries()) : follower.acknowledged();
    Attributes attributes =
        Attributes.of(
            stringKey("replog.follower"),
            follower.node(),
            longKey("replog.attempts"),
            (long) follower.attempts(),
            booleanKey("replog.acknowledged"),
            follower.acknowledged() != null);
    Made replicate =
        spans.add(
            add,
            SpanKind.INTERNAL,
            "replicate " + follower.node(),
            follower.sent(),
            end,
            attributes);
    if (replicate != null) {
      follower.tries().forEach(each -> sending(spans, replicate, follower.node(), each));
    }
  }

  private static @Nullable Moment lastEnd(List<Try> tries) {
    return tries.isEmpty() ? null : tries.getLast().ended();
  }

  private static void sending(TraceSpans spans, Made replicate, String follower, Try sent) {
    Made sending =
        spans.sending(
            replicate,
            sent,
            Attributes.of(
                stringKey("replog.follower"), follower, booleanKey("replog.probe"), sent.probe()));
    There there = sent.there();
    if (sending != null && there != null) {
      there(spans, sending.at(resource(follower, "follower")), there);
    }
  }

  private static void there(TraceSpans spans, Made sending, There there) {
    Made append =
        spans.add(
            sending,
            SpanKind.SERVER,
            "append",
            there.received(),
            there.durable(),
            Attributes.of(doubleKey("replog.plus_minus_ms"), there.plusMinusMillis()));
    if (append != null) {
      spans.add(append, "hold", there.received(), there.appended());
      spans.add(append, "force", there.appended(), there.durable());
    }
  }
}
