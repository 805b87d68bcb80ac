package io.replog.replication.master;

/// When the next round of heartbeats leaves. A round that is late, because the process was paused,
/// is not made up for.
final class HeartbeatSchedule {

  private final long intervalNanos;

  /// When the next round is due; the first one at once.
  private long dueNanos;

  HeartbeatSchedule(long intervalNanos, long nowNanos) {
    this.intervalNanos = intervalNanos;
    this.dueNanos = nowNanos;
  }

  /// Whether a round leaves now; the next one is then due an interval later.
  boolean isDue(long nowNanos) {
    if (nowNanos < dueNanos) {
      return false;
    }
    long next = dueNanos + intervalNanos;
    dueNanos = next > nowNanos ? next : nowNanos + intervalNanos;
    return true;
  }

  long dueNanos() {
    return dueNanos;
  }
}
