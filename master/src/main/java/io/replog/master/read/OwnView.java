package io.replog.master.read;

import io.replog.log.LogCorruptException;
import io.replog.model.Entry;
import io.replog.node.log.NodeLog;
import io.replog.node.messages.FullRecord;
import io.replog.node.settings.NodeSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
    List<FullRecord> messages = new ArrayList<>();
    String trouble = trouble(from, limit, messages);
    return trouble == null
        ? NodeView.held(settings.node(), since, messages)
        : NodeView.silent(settings.node(), since, trouble);
  }

  /// Reads the page into `messages`.
  ///
  /// @return why that would not be the truth, null when it is
  private @Nullable String trouble(long from, int limit, List<FullRecord> messages) {
    if (from < log.firstIndex()) {
      return "the first message kept is " + log.firstIndex();
    }
    long opening = log.openings();
    try {
      if (!collect(from, limit, messages)) {
        return "the page is too large, ask with a smaller limit";
      }
    } catch (LogCorruptException | IndexOutOfBoundsException damaged) {
      return "a damaged part of the log is being looked at";
    }
    boolean endsBeforeHole = !log.holes().isEmpty() && messages.size() < limit;
    return log.isStill(opening) && !endsBeforeHole
        ? null
        : "a part of the log is damaged and not filled in again yet";
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
