package io.replog.follower.pull;

import io.replog.follower.core.FollowerNode;
import io.replog.follower.replicate.Answers;
import io.replog.model.Chain;
import io.replog.model.EntriesAnswer;
import io.replog.model.Envelope;
import io.replog.model.Position;
import io.replog.model.RefusalReason;
import io.replog.model.WireEntry;
import io.replog.node.api.Allowed;
import io.replog.node.api.Gives;
import io.replog.node.api.Refuses;
import io.replog.node.api.Takes;
import io.replog.node.http.Parameters;
import io.replog.node.log.NodeLog;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `GET /cluster/entries`: the entries behind a position that this node holds too. Equal positions
/// prove equal prefixes, so that a master may take what follows.
@RestController
final class EntriesController {

  private static final int MAX_ENTRIES = 4_096;
  private static final int DEFAULT_BYTES = 1 << 20;
  private static final int MAX_BYTES = 8 << 20;

  private final NodeLog log;
  private final FollowerNode node;

  EntriesController(NodeLog log, FollowerNode node) {
    this.log = log;
    this.node = node;
  }

  /// The entries behind a position that this node holds too.
  ///
  /// Equal positions prove equal prefixes: a starting master takes what follows.
  @Takes(
      name = "after_index",
      allowed = @Allowed(least = 0),
      otherwise = "0",
      says = "Index of the position, 0 for the beginning.")
  @Takes(name = "after_epoch", allowed = @Allowed(least = 0), otherwise = "0", says = "Its epoch.")
  @Takes(
      name = "after_chain",
      allowed = @Allowed(pattern = "[0-9a-f]{16}"),
      otherwise = "0000000000000000",
      says = "Its chain.")
  @Takes(
      name = "max_bytes",
      allowed = @Allowed(least = 1, most = MAX_BYTES),
      otherwise = "1048576",
      says = "How large the answer may become, about; one entry is always in it.")
  @Gives(says = "The entries, fewer than there are where they are many.")
  @Refuses({ProblemType.CONFLICT, ProblemType.GONE, ProblemType.UNAVAILABLE})
  @GetMapping("/cluster/entries")
  Envelope<EntriesAnswer> entries(HttpServletRequest request) {
    Parameters parameters = new Parameters(request);
    Position after = after(parameters);
    int maxBytes = (int) parameters.number("max_bytes", DEFAULT_BYTES, 1, MAX_BYTES);
    Position base = log.base();
    if (after.index() == 0 && base.index() > 0) {
      return Envelope.ok(
          "Nothing is kept before #" + log.firstIndex(),
          new EntriesAnswer(List.of(), node.standing(), base));
    }
    long opening = log.openings();
    requireHeld(after);
    List<WireEntry> behind =
        log.readBatch(after.index() + 1, MAX_ENTRIES, maxBytes).stream()
            .map(WireEntry::of)
            .toList();
    requireSame(opening);
    return Envelope.ok(
        "Entries behind #" + after.index(), new EntriesAnswer(behind, node.standing(), null));
  }

  private static Position after(Parameters parameters) {
    long index = parameters.number("after_index", 0, 0, Long.MAX_VALUE - 1);
    long epoch = parameters.number("after_epoch", 0, 0, Long.MAX_VALUE);
    String chain = parameters.text("after_chain");
    try {
      return new Position(index, epoch, chain == null ? 0 : Chain.fromDigits(chain));
    } catch (IllegalArgumentException malformed) {
      throw Refusal.badRequest("after_chain must be 16 hexadecimal digits");
    }
  }

  /// An empty list says that there is no more: a log that was opened anew meanwhile, and may end
  /// earlier than before, must not say that.
  private void requireSame(long opening) {
    if (!log.isStill(opening)) {
      throw Refusal.damaged();
    }
  }

  private void requireHeld(Position after) {
    if (after.index() > log.shownIndex()) {
      throw Answers.refusal(
          RefusalReason.GAP, "this node ends at #" + log.shownIndex(), node.standing());
    }
    if (after.index() < log.base().index()) {
      throw Refusal.released(after.index() + 1, log.firstIndex());
    }
    if (!log.positionAt(after.index()).equals(after)) {
      throw Answers.refusal(
          RefusalReason.DIVERGED,
          "this node has another entry at #" + after.index(),
          node.standing());
    }
  }
}
