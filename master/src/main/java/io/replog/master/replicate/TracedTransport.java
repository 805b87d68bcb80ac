package io.replog.master.replicate;

import io.replog.replication.master.MasterEffect.Send;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Sends batches to one follower and tells a listener of each.
final class TracedTransport {

  /// What goes along with the request that the thread is about to make.
  static final ScopedValue<String> TRACEPARENT = ScopedValue.newInstance();

  private final String follower;
  private final Transport transport;
  private final AttemptListener listener;

  TracedTransport(String follower, Transport transport, AttemptListener listener) {
    this.follower = follower;
    this.transport = transport;
    this.listener = listener;
  }

  /// As [Transport#send].
  ///
  /// @param lastIndex of the batch; that before its first where it is a probe
  Outcome send(Send batch, long lastIndex, byte[] json) {
    Duration atMost = Duration.ofNanos(batch.timeoutNanos());
    long firstIndex = batch.previous().index() + 1;
    String traceparent = listener.traceparent(firstIndex, lastIndex);
    Attempt attempt = new Attempt(firstIndex, lastIndex, System.nanoTime(), traceparent, null);
    listener.sent(follower, attempt);
    Outcome outcome = send(json, atMost, traceparent);
    listener.ended(follower, attempt, attempt.endedBy(end(outcome)));
    return outcome;
  }

  private Outcome send(byte[] json, Duration atMost, @Nullable String traceparent) {
    return traceparent == null
        ? transport.send(json, atMost)
        : ScopedValue.where(TRACEPARENT, traceparent).call(() -> transport.send(json, atMost));
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
