package io.replog.follower.replicate;

import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.node.settings.NodeSettings;

/// A layer node obeys no master directly: it would count for write concerns, and show what is half
/// a version.
final class FedByUpstream {

  private FedByUpstream() {}

  /// @throws Refusal 403 on a layer node: nothing was appended, and no master counts it as there
  static void refuse(NodeSettings settings) {
    if (settings.isLayerNode()) {
      throw Refusal.of(
          ProblemType.FORBIDDEN,
          "%s is fed %s by %s and takes nothing from a master; take it out of FOLLOWERS, or unset its FEED and UPSTREAM"
              .formatted(settings.node(), settings.feed().words(), settings.upstream()));
    }
  }
}
