package io.replog.replication.follower;

import io.replog.model.ReplicateRequest;
import io.replog.model.Utf8;
import io.replog.model.WireEntry;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Batches that came before their predecessor and wait for it, briefly and within bounds.
final class HeldBatches {

  /// A batch ahead of a gap.
  ///
  /// @param expiresNanos when its predecessor is given up
  record Held(long call, ReplicateRequest request, long bytes, long expiresNanos) {

    long previousIndex() {
      return request.previous().index();
    }
  }

  private final long gapNanos;
  private final int maxEntries;
  private final long maxBytes;

  private final TreeSet<Held> byIndex =
      new TreeSet<>(Comparator.comparingLong(Held::previousIndex).thenComparingLong(Held::call));

  /// In order of arrival, and so of expiry; what has left `byIndex` is skipped.
  private final ArrayDeque<Held> byArrival = new ArrayDeque<>();

  private int entries;
  private long bytes;

  HeldBatches(FollowerSettings settings) {
    this.gapNanos = settings.gapNanos();
    this.maxEntries = settings.maxHeldEntries();
    this.maxBytes = settings.maxHeldBytes();
  }

  /// Holds a batch if there is room for it.
  boolean hold(long call, ReplicateRequest request, long nowNanos) {
    long size = request.entries().stream().mapToLong(HeldBatches::bytesOf).sum();
    if (entries + request.entries().size() > maxEntries || bytes + size > maxBytes) {
      return false;
    }
    Held held = new Held(call, request, size, nowNanos + gapNanos);
    byIndex.add(held);
    byArrival.add(held);
    entries += request.entries().size();
    bytes += size;
    return true;
  }

  /// Takes out a batch that begins at or before `endIndex`, lowest first, or null.
  @Nullable Held pollReady(long endIndex) {
    return byIndex.isEmpty() || byIndex.first().previousIndex() > endIndex
        ? null
        : removed(byIndex.first());
  }

  /// Takes out a batch whose predecessor did not come in time, or null.
  @Nullable Held pollExpired(long nowNanos) {
    return nextExpiryNanos() > nowNanos ? null : removed(byArrival.remove());
  }

  /// Takes out any batch, or null when none is held.
  @Nullable Held pollAny() {
    return byIndex.isEmpty() ? null : removed(byIndex.first());
  }

  /// `Long.MAX_VALUE` when none is held.
  long nextExpiryNanos() {
    while (!byArrival.isEmpty() && !byIndex.contains(byArrival.peek())) {
      byArrival.remove();
    }
    return byArrival.isEmpty() ? Long.MAX_VALUE : byArrival.peek().expiresNanos();
  }

  int entries() {
    return entries;
  }

  private Held removed(Held held) {
    byIndex.remove(held);
    entries -= held.request().entries().size();
    bytes -= held.bytes();
    return held;
  }

  private static long bytesOf(WireEntry entry) {
    return Utf8.length(entry.text());
  }
}
