package io.replog.node.feed;

import io.replog.model.Entry;
import io.replog.model.Feed;
import io.replog.model.Position;
import io.replog.model.Promise;
import io.replog.model.RefusalReason;
import io.replog.model.WireEntry;
import io.replog.node.log.NodeLog;
import io.replog.node.problem.Refusal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// The versions of this node's log, for those that it feeds. Only what this node knows to be
/// committed is ever handed over.
@Component
final class FeedSource {

  private static final int MAX_ENTRIES = 4_096;

  private final NodeLog log;
  private final Cuts cuts;

  /// What somebody is given.
  ///
  /// @param base the entry before `entries` where he begins behind what is released, else null
  record Portion(long version, @Nullable Position base, List<WireEntry> entries) {}

  @Autowired
  FeedSource(NodeLog log) {
    this(log, InstantSource.system());
  }

  FeedSource(NodeLog log, InstantSource clock) {
    this.log = log;
    this.cuts = new Cuts(log::commitIndex, clock);
  }

  /// The promise that what is handed over stands under, null while there is none.
  @Nullable Promise promise() {
    return log.promise();
  }

  long firstIndex() {
    return log.firstIndex();
  }

  /// Waits until there is a version behind `position`, and hands over what leads there, or nothing
  /// if none comes in time.
  ///
  /// @throws Refusal 409 if this node holds another entry at `position`; 410 if it keeps nothing
  ///   that follows; 503 if it is stopping, or too many wait
  Portion behind(Position position, Feed feed, Duration wait, int maxBytes)
      throws InterruptedException {
    if (cuts.version(feed) <= position.index()) {
      await(position.index(), feed, wait);
    }
    long opening = log.openings();
    Portion portion = portion(position, cuts.version(feed), maxBytes);
    if (!log.isStill(opening)) {
      throw Refusal.damaged();
    }
    return portion;
  }

  private void await(long index, Feed feed, Duration wait) throws InterruptedException {
    Duration boundary = cuts.untilBoundary(feed);
    Duration patience = boundary.compareTo(wait) < 0 ? boundary : wait;
    switch (log.awaitCommitted(Cuts.nextCut(feed, index), patience)) {
      case REACHED, TIMED_OUT -> {}
      case STOPPING -> throw Refusal.unavailable("the node is stopping", "STOPPING", 1);
      case REFUSED -> throw Refusal.unavailable("too many wait already", "TOO_MANY_WAITERS", 1);
    }
  }

  private Portion portion(Position position, long version, int maxBytes) {
    Position base = log.base();
    if (position.index() == 0 && base.index() > 0) {
      return version <= base.index()
          ? new Portion(version, null, List.of())
          : new Portion(version, base, entries(base.index(), version, maxBytes));
    }
    requireSame(position, base.index());
    return new Portion(version, null, entries(position.index(), version, maxBytes));
  }

  /// What is not committed here proves nothing: it may be this node that is wrong.
  private void requireSame(Position position, long baseIndex) {
    if (position.index() < baseIndex) {
      throw Refusal.released(position.index() + 1, baseIndex + 1);
    }
    if (position.index() <= log.commitIndex()
        && !log.positionAt(position.index()).equals(position)) {
      throw Conflict.of(
          RefusalReason.DIVERGED, "this node has another entry at #" + position.index());
    }
  }

  private List<WireEntry> entries(long after, long version, int maxBytes) {
    if (version <= after) {
      return List.of();
    }
    int count = (int) Math.min(MAX_ENTRIES, version - after);
    List<Entry> read = log.readBatch(after + 1, count, maxBytes);
    return read.stream().map(WireEntry::of).toList();
  }
}
