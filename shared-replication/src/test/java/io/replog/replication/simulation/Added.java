package io.replog.replication.simulation;

import io.replog.replication.master.AddOutcome;
import io.replog.replication.simulation.SimulatedMaster.AddRequest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An add under way.
final class Added {
  private final long askedAtNanos;
  private @Nullable AddOutcome outcome;
  private @Nullable String error;
  private long endedAtNanos;
  private boolean arrived;
  private Runnable whenEnded = () -> {};

  Added(long askedAtNanos) {
    this.askedAtNanos = askedAtNanos;
  }

  /// Without a key a second copy of the same request would be a second message.
  boolean mayArrive(List<AddRequest> requests) {
    boolean first = !arrived;
    arrived = true;
    return first || requests.stream().allMatch(request -> request.key() != null);
  }

  void end(AddOutcome told, long nowNanos) {
    outcome = told;
    endedAtNanos = nowNanos;
    whenEnded.run();
  }

  void fail(String why, long nowNanos) {
    error = why;
    endedAtNanos = nowNanos;
    whenEnded.run();
  }

  void whenEnded(Runnable action) {
    whenEnded = action;
  }

  boolean ended() {
    return outcome != null || error != null;
  }

  /// Null while it is under way, and when the connection broke.
  @Nullable AddOutcome outcome() {
    return outcome;
  }

  boolean isMet() {
    return outcome instanceof AddOutcome.Met;
  }

  Duration took() {
    return Duration.ofNanos(endedAtNanos - askedAtNanos);
  }
}
