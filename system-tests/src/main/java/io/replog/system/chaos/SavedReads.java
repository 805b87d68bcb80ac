package io.replog.system.chaos;

import io.replog.system.history.FinalLog;
import io.replog.system.history.FinalLog.Line;
import io.replog.system.history.Sight;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads as they are kept on disk: without the texts that stand in the longest final log at the
/// same place, so that a thousand reads of a thousand messages take little room and are whole all
/// the same. Used by one thread.
final class SavedReads {

  /// Reads whose texts are kept where they differ; of further ones only that they do.
  private static final int MOST_DIFFERING = 200;

  private final List<Line> order;
  private int differing;

  SavedReads(List<FinalLog> logs) {
    this.order =
        logs.stream()
            .map(FinalLog::records)
            .max(Comparator.comparingInt(List::size))
            .orElse(List.of());
  }

  /// The read as a JSON object. `differs_from` is the first index whose text is not that of the
  /// log, and `other_texts` are all from there on.
  Map<String, Object> shortened(Sight sight) {
    Map<String, Object> saved = new LinkedHashMap<>();
    saved.put("node", sight.node().node());
    saved.put("disk", sight.node().disk());
    saved.put("kind", sight.asked().kind());
    saved.put("invoked_nanos", sight.invokedNanos());
    saved.put("ended_nanos", sight.endedNanos());
    saved.put("first_index", sight.asked().firstIndex());
    saved.put("limit", sight.asked().limit());
    saved.put("least_index", sight.asked().leastIndex());
    saved.put("texts", sight.texts().size());
    saved.put("shown_index", sight.shownIndex());
    int same = same(sight);
    if (same < sight.texts().size()) {
      saved.put("differs_from", sight.asked().firstIndex() + same);
      if (differing++ < MOST_DIFFERING) {
        saved.put("other_texts", sight.texts().subList(same, sight.texts().size()));
      }
    }
    return saved;
  }

  /// How many texts of the read, from its first one on, are those of the log.
  private int same(Sight sight) {
    int same = 0;
    while (same < sight.texts().size()
        && sight.texts().get(same).equals(textAt(sight.asked().firstIndex() + same))) {
      same++;
    }
    return same;
  }

  private String textAt(long index) {
    return index <= order.size() ? order.get((int) index - 1).text() : "";
  }
}
