package io.replog.node.messages;

import io.replog.node.log.NodeLog;
import io.replog.node.log.NodeLog.Waited;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.node.settings.NodeSettings;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Up to where a read may look, and how long it waits for that.
@Component
public final class ReadPoint {

  private final NodeLog log;
  private final ReadView view;
  private final NodeSettings settings;
  private final Damage damage;
  private final @Nullable LayerView layer;

  ReadPoint(NodeLog log, ReadView view, NodeSettings settings, ObjectProvider<LayerView> layer) {
    this.layer = layer.getIfAvailable();
    this.log = log;
    this.view = view;
    this.settings = settings;
    this.damage = new Damage(log);
  }

  /// Last index to show under the concern of `query`, once it is at least what the query wants.
  ///
  /// @throws Refusal 410 if it wants what is not kept; 412 if that does not happen in time; 503 if
  ///   it would show less than there is, because some of it cannot be read
  long await(ReadQuery query) throws InterruptedException {
    requireKept(query.wanted());
    Waited waited = awaitIndex(query.concern(), query.minIndex(), query.patience());
    long shown = readable(query.concern(), query.first(), query.last(Long.MAX_VALUE));
    requireReached(waited, query.minIndex(), shown);
    return shown;
  }

  /// Last index that this node shows by itself, all of it readable, once it is at least `minIndex`.
  ///
  /// @throws Refusal 412 if that does not happen in time; 503 if the node is known to hold more and
  ///   cannot read it
  public long awaitWhole(long minIndex, Duration patience) throws InterruptedException {
    Waited waited = awaitIndex(ReadConcern.LOCAL, minIndex, patience);
    long shown = readable(ReadConcern.LOCAL, log.shownIndex() + 1, Long.MAX_VALUE);
    requireReached(waited, minIndex, shown);
    return shown;
  }

  private static void requireReached(Waited waited, long minIndex, long shown) {
    switch (waited) {
      case REACHED -> {}
      case TIMED_OUT -> throw behind(minIndex, shown);
      case STOPPING -> throw Refusal.unavailable("the node is stopping", "STOPPING", 1);
      case REFUSED -> throw Refusal.unavailable("too many readers wait", "TOO_MANY_WAITERS", 1);
    }
  }

  /// @param first first index that somebody wants to see, null when he leaves it open
  /// @throws Refusal 410 if it is not kept any more
  void requireKept(@Nullable Long first) {
    long firstKept = log.firstIndex();
    if (first != null && first < firstKept) {
      throw Refusal.released(first, firstKept);
    }
  }

  /// Last index that may be shown now to somebody who wants to see `first` to `last`.
  ///
  /// @throws Refusal 503 if one of them may be there and cannot be read
  long readable(ReadConcern concern, long first, long last) throws InterruptedException {
    long opening = damage.requireReadable(first, last);
    long shown = shown(concern);
    damage.requireSame(opening);
    return shown;
  }

  /// Waits until `index` may be shown.
  Waited awaitIndex(ReadConcern concern, long index, Duration atMost) throws InterruptedException {
    return switch (effective(concern)) {
      case LOCAL -> log.awaitShown(index, atMost);
      case MAJORITY -> awaitCommitted(index, atMost);
    };
  }

  /// Last index that may be shown now. What a majority read shows would be shown after a restart
  /// too.
  long shown(ReadConcern concern) throws InterruptedException {
    return switch (effective(concern)) {
      case LOCAL -> log.shownIndex();
      case MAJORITY -> committed();
    };
  }

  /// A layer node has nothing to show beyond its version, which a majority holds.
  private ReadConcern effective(ReadConcern concern) {
    return layer == null ? concern : ReadConcern.MAJORITY;
  }

  /// Tells the reader where this node stands.
  public void describe(HttpServletResponse response, long shown) {
    response.setHeader("Log-Index", Long.toString(shown));
    response.setHeader("Log-First-Index", Long.toString(log.firstIndex()));
    response.setHeader("Log-Epoch", Long.toString(view.epoch()));
    response.setHeader("Commit-Index", Long.toString(log.commitIndex()));
    response.setHeader("Node", settings.node());
    String logId = view.logId();
    if (logId != null) {
      response.setHeader("Log-Id", logId);
    }
    if (layer != null) {
      describe(response, layer.staleness(shown));
    }
  }

  private static void describe(HttpServletResponse response, LayerView.Staleness staleness) {
    response.setHeader("Log-Version", Long.toString(staleness.version()));
    response.setHeader("Log-Behind", known(staleness.behind()));
    response.setHeader("Log-Stale-Ms", known(staleness.staleMillis()));
  }

  private static String known(@Nullable Long value) {
    return value == null ? "unknown" : value.toString();
  }

  private Waited awaitCommitted(long index, Duration atMost) throws InterruptedException {
    long since = System.nanoTime();
    Waited held = log.awaitShown(index, atMost);
    Duration left = atMost.minusNanos(System.nanoTime() - since);
    return held == Waited.REACHED ? log.awaitCommitted(index, left) : held;
  }

  private long committed() throws InterruptedException {
    long index = log.commitIndex();
    if (!log.keepCommitted(index)) {
      throw Refusal.unavailable("the commit index cannot be kept", "LOG_FAILED", 1);
    }
    return index;
  }

  private static Refusal behind(long minIndex, long shown) {
    return Refusal.of(
        ProblemType.PRECONDITION_FAILED,
        "min_index is %d, this node shows %d".formatted(minIndex, shown),
        Map.of("reason", "BEHIND", "min_index", minIndex, "log_index", shown));
  }
}
