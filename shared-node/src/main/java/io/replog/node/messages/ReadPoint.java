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
import org.springframework.stereotype.Component;

/// Up to where a read may look, and how long it waits for that.
@Component
final class ReadPoint {

  private final NodeLog log;
  private final ReadView view;
  private final NodeSettings settings;
  private final Damage damage;

  ReadPoint(NodeLog log, ReadView view, NodeSettings settings) {
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
    return switch (waited) {
      case REACHED -> shown;
      case TIMED_OUT -> throw behind(query, shown);
      case STOPPING -> throw Refusal.unavailable("the node is stopping", "STOPPING", 1);
      case REFUSED -> throw Refusal.unavailable("too many readers wait", "TOO_MANY_WAITERS", 1);
    };
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
    return switch (concern) {
      case LOCAL -> log.awaitShown(index, atMost);
      case MAJORITY -> awaitCommitted(index, atMost);
    };
  }

  /// Last index that may be shown now. What a majority read shows would be shown after a restart
  /// too.
  long shown(ReadConcern concern) throws InterruptedException {
    return switch (concern) {
      case LOCAL -> log.shownIndex();
      case MAJORITY -> committed();
    };
  }

  /// Tells the reader where this node stands.
  void describe(HttpServletResponse response, long shown) {
    response.setHeader("Log-Index", Long.toString(shown));
    response.setHeader("Log-First-Index", Long.toString(log.firstIndex()));
    response.setHeader("Log-Epoch", Long.toString(view.epoch()));
    response.setHeader("Commit-Index", Long.toString(log.commitIndex()));
    response.setHeader("Node", settings.node());
    String logId = view.logId();
    if (logId != null) {
      response.setHeader("Log-Id", logId);
    }
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

  private static Refusal behind(ReadQuery query, long shown) {
    return Refusal.of(
        ProblemType.PRECONDITION_FAILED,
        "min_index is %d, this node shows %d".formatted(query.minIndex(), shown),
        Map.of("reason", "BEHIND", "min_index", query.minIndex(), "log_index", shown));
  }
}
