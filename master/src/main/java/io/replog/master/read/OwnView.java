package io.replog.master.read;

import io.replog.log.LogCorruptException;
import io.replog.model.Entry;
import io.replog.model.Utf8;
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

  /// What a message has in an answer beside its text, about.
  private static final int RECORD_BYTES = 128;

  private final NodeLog log;
  private final NodeSettings settings;

  OwnView(NodeLog log, NodeSettings settings) {
    this.log = log;
    this.settings = settings;
  }

  /// @param maxBytes of the page; a larger one is not read to its end
  NodeView read(long from, int limit, int maxBytes) {
    long since = System.nanoTime();
    Page page = new Page(from, limit, maxBytes);
    String trouble = trouble(page);
    if (page.isTooLarge()) {
      return NodeView.tooLarge(
          settings.node(), since, "the page has more than " + maxBytes + " bytes");
    }
    return trouble == null
        ? NodeView.held(settings.node(), since, page.messages)
        : NodeView.silent(settings.node(), since, trouble);
  }

  /// A page that is being read.
  private static final class Page {

    private final long from;
    private final int limit;
    private final int maxBytes;
    private final List<FullRecord> messages = new ArrayList<>();
    private long bytes;

    Page(long from, int limit, int maxBytes) {
      this.from = from;
      this.limit = limit;
      this.maxBytes = maxBytes;
    }

    long next() {
      return from + messages.size();
    }

    void add(Entry entry) {
      messages.add(FullRecord.of(entry));
      bytes += RECORD_BYTES + Utf8.length(entry.text());
    }

    boolean isTooLarge() {
      return bytes > maxBytes;
    }
  }

  /// Reads the page.
  ///
  /// @return why that would not be the truth, null when it is
  private @Nullable String trouble(Page page) {
    if (page.from < log.firstIndex()) {
      return "the first message kept is " + log.firstIndex();
    }
    long opening = log.openings();
    try {
      collect(page);
    } catch (LogCorruptException | IndexOutOfBoundsException damaged) {
      return "a damaged part of the log is being looked at";
    }
    boolean endsBeforeHole = !log.holes().isEmpty() && page.messages.size() < page.limit;
    return log.isStill(opening) && !endsBeforeHole
        ? null
        : "a part of the log is damaged and not filled in again yet";
  }

  private void collect(Page page) {
    long left = Math.min(page.limit, log.shownIndex() - page.from + 1);
    while (left > 0 && !page.isTooLarge()) {
      List<Entry> batch = log.readBatch(page.next(), (int) left, BATCH_BYTES);
      if (batch.isEmpty()) {
        throw new IndexOutOfBoundsException("#" + page.next() + " was shown and is gone");
      }
      batch.forEach(page::add);
      left -= batch.size();
    }
  }
}
