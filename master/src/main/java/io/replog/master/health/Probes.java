package io.replog.master.health;

import io.replog.master.cluster.MasterLoop;
import io.replog.model.Standing;
import io.replog.node.health.ReadyCondition;
import io.replog.node.health.WritesAccepted;
import io.replog.replication.master.MasterView;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Answers the probes. A master is ready when it knows what it is: it serves, or it stays read-only
/// for a reason that only people can remove.
@Component
final class Probes implements ReadyCondition, WritesAccepted {

  private final MasterLoop loop;

  Probes(MasterLoop loop) {
    this.loop = loop;
  }

  @Override
  public @Nullable String pending() {
    MasterView view = loop.view();
    return switch (view.phase()) {
      case STARTING -> "asking the followers where they stand";
      case NO_LOG -> someFollowerHoldsEntries(view) ? null : view.reason();
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
