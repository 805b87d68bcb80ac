package io.replog.master.read;

import io.replog.log.LogCorruptException;
import io.replog.model.Entry;
import io.replog.node.log.NodeLog;
import io.replog.node.messages.FullRecord;
import io.replog.node.settings.NodeSettings;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/// What this node holds of a page.
@Component
final class OwnView {

  private static final int BATCH_BYTES = 1 << 20;

  private final NodeLog log;
  private final NodeSettings settings;

  OwnView(NodeLog log, NodeSettings settings) {
    this.log = log;
    this.settings = settings;
  }

  NodeView read(long from, int limit) {
    long since = System.nanoTime();
    if (from < log.firstIndex()) {
      return silent(since, "the first message kept is " + log.firstIndex());
    }
    try {
      long opening = log.openings();
      List<FullRecord> messages = new ArrayList<>();
      boolean fits = collect(from, limit, messages);
      if (!log.isStill(opening)) {
        return silent(since, "the log is just being opened anew");
      }
      return fits
          ? NodeView.held(settings.node(), since, messages)
          : silent(since, "the page is too large, ask with a smaller limit");
    } catch (LogCorruptException | IndexOutOfBoundsException damaged) {
      return silent(since, "a damaged part of the log is being looked at");
    }
  }

  private NodeView silent(long since, String error) {
    return NodeView.silent(settings.node(), since, error);
  }

  /// @return false if the page is larger than a node may answer
  private boolean collect(long from, int limit, List<FullRecord> into) {
    long shown = log.shownIndex();
    long left = Math.min(limit, shown - from + 1);
    long characters = 0;
    while (left > 0) {
      long next = from + into.size();
      List<Entry> batch = log.readBatch(next, (int) left, BATCH_BYTES);
      if (batch.isEmpty()) {
        throw new IndexOutOfBoundsException("#" + next + " was shown and is gone");
      }
      for (Entry entry : batch) {
        into.add(FullRecord.of(entry));
        characters += entry.text().length();
      }
      left -= batch.size();
      if (characters > ClusterReads.MAX_ANSWER_BYTES) {
        return false;
      }
    }
    return true;
  }
}
