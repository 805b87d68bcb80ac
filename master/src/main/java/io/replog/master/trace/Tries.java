package io.replog.master.trace;

import io.replog.master.replicate.Attempt;
import io.replog.model.BatchTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Tells attempts as a reader is shown them.
///
/// @param moment makes a moment of one on the clock of [System#nanoTime]
record Tries(LongFunction<TraceAnswer.@Nullable Moment> moment) {

  /// @param attempts in the order in which they left
  List<TraceAnswer.Try> of(List<Attempt> attempts) {
    List<TraceAnswer.Try> tries = new ArrayList<>();
    for (int at = 0; at < attempts.size(); at++) {
      boolean isLast = at == attempts.size() - 1;
      tries.add(one(attempts.get(at), isLast ? null : attempts.get(at + 1)));
    }
    return tries;
  }

  private TraceAnswer.Try one(Attempt attempt, @Nullable Attempt next) {
    TraceAnswer.Moment sent = moment.apply(attempt.sentNanos());
    Attempt.End end = attempt.end();
    if (end == null) {
      return new TraceAnswer.Try(
          attempt.isProbe(), sent, null, null, null, attempt.traceparent(), null);
    }
    return new TraceAnswer.Try(
        attempt.isProbe(),
        sent,
        moment.apply(end.nanos()),
        end.error(),
        end.error() == null || next == null ? null : millis(next.sentNanos() - end.nanos()),
        attempt.traceparent(),
        end.times() == null ? null : there(attempt.sentNanos(), end.nanos(), end.times()));
  }

  private TraceAnswer.There there(long sent, long ended, BatchTimes times) {
    long held = TimeUnit.MICROSECONDS.toNanos(times.heldMicros());
    long forced = TimeUnit.MICROSECONDS.toNanos(times.forcedMicros());
    long oneWay = Math.max(0, ended - sent - held - forced) / 2;
    long received = sent + oneWay;
    return new TraceAnswer.There(
        moment.apply(received),
        moment.apply(received + held),
        moment.apply(received + held + forced),
        millis(held),
        millis(forced),
        millis(oneWay));
  }

  /// Milliseconds with three decimals.
  static double millis(long nanos) {
    return Math.round(nanos / 1e3) / 1e3;
  }
}
