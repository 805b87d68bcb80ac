package io.replog.master.health;

import io.replog.master.cluster.MasterLoop;
import io.replog.model.Standing;
import io.replog.node.health.ReadyCondition;
import io.replog.node.health.WritesAccepted;
import io.replog.replication.master.AddOutcome.AddRefusal;
import io.replog.replication.master.MasterSettings;
import io.replog.replication.master.MasterView;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Answers the probes. A master is ready when it knows what it is: it serves, or it stays read-only
/// until its followers come or people act. Reads are served meanwhile.
@Component
final class Probes implements ReadyCondition, WritesAccepted {

  /// Beyond the time that a master without a log waits for its followers: until then it may have
  /// begun a log.
  private static final long BEGINNING_NANOS = 1_000_000_000L;

  private final MasterLoop loop;
  private final long bootstrapNanos;
  private final long startedNanos = System.nanoTime();

  Probes(MasterLoop loop, MasterSettings settings) {
    this.loop = loop;
    this.bootstrapNanos = settings.bootstrapNanos();
  }

  @Override
  public @Nullable String pending() {
    return pending(loop.view(), System.nanoTime() - startedNanos, bootstrapNanos);
  }

  /// What the start still waits for, null when nothing.
  ///
  /// @param waitedNanos since the process started
  /// @param bootstrapNanos how long a master without a log waits for its followers
  static @Nullable String pending(MasterView view, long waitedNanos, long bootstrapNanos) {
    return switch (view.phase()) {
      case STARTING ->
          view.refusal() == AddRefusal.NO_QUORUM ? null : "asking the followers where they stand";
      case NO_LOG -> {
        boolean waitedEnough = waitedNanos >= bootstrapNanos + BEGINNING_NANOS;
        yield waitedEnough || someFollowerHoldsEntries(view) ? null : view.reason();
      }
      case ADOPTING, SERVING, FENCED, CORRUPT, STOPPED -> null;
    };
  }

  @Override
  public @Nullable String refusal() {
    return loop.view().reason();
  }

  /// Then nothing but an operator's decision ends the phase, and the node serves what it can.
  private static boolean someFollowerHoldsEntries(MasterView view) {
    return view.followers().stream()
        .map(MasterView.FollowerView::standing)
        .anyMatch(Probes::holdsEntries);
  }

  private static boolean holdsEntries(@Nullable Standing standing) {
    return standing != null && standing.holdsEntries();
  }
}
