package io.replog.master.replicate;

import io.replog.replication.master.MasterEffect.Send;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Sends batches to one follower and tells a listener of each.
final class TracedTransport {

  /// What goes along with the request that the thread is about to make.
  static final ScopedValue<String> TRACEPARENT = ScopedValue.newInstance();

  private final String follower;
  private final FollowerBreaker breaker;
  private final AttemptListener listener;

  TracedTransport(String follower, FollowerBreaker breaker, AttemptListener listener) {
    this.follower = follower;
    this.breaker = breaker;
    this.listener = listener;
  }

  /// Sends what was made ready of a batch, as [Way#send].
  Outcome send(Send batch, Load load) {
    Duration atMost = Duration.ofNanos(batch.timeoutNanos());
    long firstIndex = batch.previous().index() + 1;
    String traceparent = listener.traceparent(firstIndex, load.lastIndex());
    Attempt attempt =
        new Attempt(firstIndex, load.lastIndex(), System.nanoTime(), traceparent, null);
    listener.sent(follower, attempt);
    Outcome outcome = send(load.way(), atMost, traceparent);
    listener.ended(follower, attempt, attempt.endedBy(end(outcome)));
    return outcome;
  }

  private Outcome send(Way way, Duration atMost, @Nullable String traceparent) {
    return traceparent == null
        ? breaker.send(way, atMost)
        : ScopedValue.where(TRACEPARENT, traceparent).call(() -> breaker.send(way, atMost));
  }

  private static Attempt.End end(Outcome outcome) {
    long now = System.nanoTime();
    return switch (outcome) {
      case Outcome.Acknowledged(var standing) -> new Attempt.End(now, null, standing.times());
      case Outcome.Refused(var reason, _) -> new Attempt.End(now, "refused, " + reason, null);
      case Outcome.Failed(_, var error) -> new Attempt.End(now, error, null);
    };
  }
}
