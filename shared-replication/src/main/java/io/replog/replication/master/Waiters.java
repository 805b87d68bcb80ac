package io.replog.replication.master;

import static io.replog.replication.BrokenInvariantException.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who waits for what. Every waiter leaves exactly once: met, expired, cancelled or dismissed.
/// Entering and leaving cost O(log n); looking whether anybody can leave costs O(1).
///
/// Invariant: a waiter is in `byCall`, in the set of its concern and, if it has a deadline, in
/// `byDeadline`; or in none of them.
final class Waiters {

  private final Map<Long, Waiter> byCall = new HashMap<>();

  /// At place k: those that need k nodes, lowest index first.
  private final List<TreeSet<Waiter>> byRequiredNodes = new ArrayList<>();

  private final TreeSet<Waiter> byDeadline = new TreeSet<>(Waiter.BY_DEADLINE);

  /// Waiters that need followers.
  private int blocked;

  void add(Waiter waiter) {
    check(byCall.put(waiter.call(), waiter) == null, "a call number was used twice");
    waitingFor(waiter.requiredNodes()).add(waiter);
    if (waiter.hasDeadline()) {
      byDeadline.add(waiter);
    }
    blocked += waiter.isBlocked() ? 1 : 0;
  }

  /// Takes out one that needs `nodes` nodes for an index up to `heldIndex`, or null.
  @Nullable Waiter pollMet(int nodes, long heldIndex) {
    TreeSet<Waiter> waiting = waitingFor(nodes);
    return waiting.isEmpty() || waiting.first().index() > heldIndex
        ? null
        : removed(waiting.first());
  }

  /// Takes out one whose deadline has come, or null.
  @Nullable Waiter pollExpired(long nowNanos) {
    return nextDeadlineNanos() > nowNanos ? null : removed(byDeadline.first());
  }

  /// Takes out any one, the lowest concern first, or null when nobody waits.
  @Nullable Waiter pollAny() {
    for (TreeSet<Waiter> waiting : byRequiredNodes) {
      if (!waiting.isEmpty()) {
        return removed(waiting.first());
      }
    }
    return null;
  }

  /// Takes out one that needs more than `nodes` nodes, or null when nobody does.
  @Nullable Waiter pollBeyond(int nodes) {
    return waitingBeyond(nodes).findFirst().map(waiting -> removed(waiting.first())).orElse(null);
  }

  boolean anyNeedsMoreThan(int nodes) {
    return waitingBeyond(nodes).findAny().isPresent();
  }

  private Stream<TreeSet<Waiter>> waitingBeyond(int nodes) {
    return byRequiredNodes.stream().skip(nodes + 1L).filter(waiting -> !waiting.isEmpty());
  }

  /// Takes out a call that nobody waits for any more; nothing happens when it has left already.
  void cancel(long call) {
    Waiter waiter = byCall.get(call);
    if (waiter != null) {
      removed(waiter);
    }
  }

  /// The earliest deadline, `Long.MAX_VALUE` when there is none.
  long nextDeadlineNanos() {
    return byDeadline.isEmpty() ? Long.MAX_VALUE : byDeadline.first().deadlineNanos();
  }

  int blocked() {
    return blocked;
  }

  /// Those adds that need followers, lowest index first, `atMost` of them.
  List<Waiter> oldestBlocked(int atMost) {
    return byRequiredNodes.stream()
        .flatMap(waiting -> waiting.stream().filter(Waiter::isBlockedAdd).limit(atMost))
        .sorted(Waiter.BY_INDEX)
        .limit(atMost)
        .toList();
  }

  int size() {
    return byCall.size();
  }

  private TreeSet<Waiter> waitingFor(int nodes) {
    while (byRequiredNodes.size() <= nodes) {
      byRequiredNodes.add(new TreeSet<>(Waiter.BY_INDEX));
    }
    return byRequiredNodes.get(nodes);
  }

  private Waiter removed(Waiter waiter) {
    byCall.remove(waiter.call());
    waitingFor(waiter.requiredNodes()).remove(waiter);
    if (waiter.hasDeadline()) {
      byDeadline.remove(waiter);
    }
    blocked -= waiter.isBlocked() ? 1 : 0;
    return waiter;
  }
}
