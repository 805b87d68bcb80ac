package io.replog.node.feed;

import io.replog.model.RefusalReason;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import java.util.Map;

/// 409 for a layer node that this node cannot feed.
final class Conflict {

  private Conflict() {}

  static Refusal of(RefusalReason reason, String detail) {
    return Refusal.of(ProblemType.CONFLICT, detail, Map.of("reason", reason));
  }
}
