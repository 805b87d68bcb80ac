package io.replog.follower.replicate;

import io.replog.model.Envelope;
import io.replog.model.RefusalReason;
import io.replog.model.Standing;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.replication.follower.FollowerAnswer;
import java.util.LinkedHashMap;
import java.util.Map;

/// Turns what a follower says into HTTP: 200, 202 for a message held ahead of a gap, or a problem
/// whose `data` has `reason` and `standing`, and `next_index` where the sender should go on.
public final class Answers {

  private Answers() {}

  static Envelope<Standing> of(FollowerAnswer answer) {
    return switch (answer) {
      case FollowerAnswer.Accepted(Standing standing) ->
          Envelope.ok("Held up to #" + standing.position().index(), standing);
      case FollowerAnswer.Held(Standing standing) ->
          new Envelope<>(202, "Waiting ahead of a gap", standing);
      case FollowerAnswer.Refused refused ->
          throw refusal(refused.reason(), refused.detail(), refused.standing());
      case FollowerAnswer.Unknown(String detail, Standing standing) ->
          throw Refusal.of(
              ProblemType.CONCERN_NOT_MET,
              detail,
              Map.of("reason", "UNKNOWN", "standing", standing));
    };
  }

  /// The refusal as a problem.
  public static Refusal refusal(RefusalReason reason, String detail, Standing standing) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("reason", reason);
    data.put("standing", standing);
    if (reason == RefusalReason.GAP) {
      data.put("next_index", standing.position().index() + 1);
    }
    return switch (reason) {
      case STOPPING -> Refusal.unavailable(detail, data, 1);
      case FULL -> Refusal.of(ProblemType.NO_SPACE, detail, data);
      case GAP, STALE_EPOCH, OTHER_CLUSTER, OTHER_LOG, DIVERGED, CORRUPT, OTHER_WRITER ->
          Refusal.of(ProblemType.CONFLICT, detail, data);
    };
  }
}
