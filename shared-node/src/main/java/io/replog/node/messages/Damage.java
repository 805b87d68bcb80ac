package io.replog.node.messages;

import io.replog.log.Hole;
import io.replog.node.log.NodeLog;
import io.replog.node.problem.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Refuses reads that would show less than this node is known to hold: a list that is silently
/// shorter than before would be a lie. What lies before a hole is served as always.
final class Damage {

  private static final int LATER_SECONDS = 5;

  private final NodeLog log;

  Damage(NodeLog log) {
    this.log = log;
  }

  /// @param last last index that the reader would be shown, if it is there
  /// @return which opening of the log was looked at, for [#requireSame]
  /// @throws Refusal 503 if one of them may be there and cannot be read
  long requireReadable(long first, long last) {
    long opening = log.openings();
    if (log.isReopening()) {
      throw Refusal.damaged();
    }
    requireNoHole(first, last);
    return opening;
  }

  /// @throws Refusal 503 if the log was opened anew meanwhile, and may end earlier than before
  void requireSame(long opening) {
    if (!log.isStill(opening)) {
      throw Refusal.damaged();
    }
  }

  private void requireNoHole(long first, long last) {
    List<Hole> holes = log.holes();
    if (!holes.isEmpty() && last >= holes.getFirst().firstIndex()) {
      throw beyond(holes.getFirst(), first);
    }
  }

  private static Refusal beyond(Hole hole, long first) {
    long readable = Math.max(0, hole.firstIndex() - first);
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("reason", "CORRUPT");
    data.put("first_missing", hole.firstIndex());
    data.put("last_missing", hole.lastIndex());
    data.put("limit", readable);
    return Refusal.unavailable(
        "#%d to #%d are damaged here and not filled in yet; %s"
            .formatted(
                hole.firstIndex(),
                hole.lastIndex(),
                readable == 0
                    ? "nothing from #%d on can be read".formatted(first)
                    : "from=%d&limit=%d can be read".formatted(first, readable)),
        data,
        LATER_SECONDS);
  }
}
