package io.replog.replication.follower;

import static io.replog.replication.BrokenInvariantException.check;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The calls whose answer waits until an index is durable. Their number is bounded by the
/// connections that the node accepts.
final class WaitingAnswers {

  /// @param lastIndex what must be durable before the answer, 0 when nothing
  /// @param arrivedNanos when it began to wait
  record Waiting(long call, long lastIndex, long arrivedNanos) {}

  private final Map<Long, Waiting> byCall = new HashMap<>();
  private final TreeSet<Waiting> byIndex =
      new TreeSet<>(Comparator.comparingLong(Waiting::lastIndex).thenComparingLong(Waiting::call));

  void add(long call, long lastIndex, long nowNanos) {
    Waiting waiting = new Waiting(call, lastIndex, nowNanos);
    check(byCall.put(call, waiting) == null, "a call number was used twice");
    byIndex.add(waiting);
  }

  /// Takes out a call that waits for nothing beyond `durableIndex`, or null.
  @Nullable Waiting pollDurable(long durableIndex) {
    boolean none = byIndex.isEmpty() || byIndex.first().lastIndex() > durableIndex;
    return none ? null : removed(byIndex.first());
  }

  /// Takes out any call, or null when none waits.
  @Nullable Waiting pollAny() {
    return byIndex.isEmpty() ? null : removed(byIndex.first());
  }

  /// Takes out a call that nobody waits for any more; nothing happens when it has left already.
  void cancel(long call) {
    Waiting waiting = byCall.get(call);
    if (waiting != null) {
      removed(waiting);
    }
  }

  private Waiting removed(Waiting waiting) {
    byCall.remove(waiting.call());
    byIndex.remove(waiting);
    return waiting;
  }
}
