package io.replog.replication.master;

import io.replog.model.ReplicaStatus;

/// Whether one follower answers heartbeats.
///
/// A beat counts as missed once: when it fails, or when the next one leaves before its answer.
final class FollowerHealth {

  private static final int MISSES_TO_UNHEALTHY = 3;
  private static final int ANSWERS_TO_ALIVE = 2;

  private ReplicaStatus status = ReplicaStatus.SUSPECTED;

  /// Beats missed in a row; 0 after every answer.
  private int missed;

  /// Beats answered in a row; 0 after every miss.
  private int answered;

  /// Whether it has ever answered.
  private boolean known;

  /// Whether it counts as reachable for a majority: won with the first answer, lost with the third
  /// miss in a row, won back with the second answer in a row.
  private boolean alive;

  /// The last beat, 0 before the first, and whether neither answer nor failure has come yet.
  private long lastBeat;

  private boolean outstanding;
  private long lastBeatNanos;

  /// Round trip of the last beat answered in time, -1 before the first.
  private long roundTripNanos = -1;

  void beatLeaves(long beat, long nowNanos) {
    if (outstanding) {
      miss();
    }
    lastBeat = beat;
    lastBeatNanos = nowNanos;
    outstanding = true;
  }

  void answer(long beat, long nowNanos) {
    if (beat == lastBeat && outstanding) {
      outstanding = false;
      roundTripNanos = nowNanos - lastBeatNanos;
    }
    missed = 0;
    answered++;
    alive |= !known || answered >= ANSWERS_TO_ALIVE;
    known = true;
    status = ReplicaStatus.HEALTHY;
  }

  void failure(long beat) {
    if (beat == lastBeat && outstanding) {
      outstanding = false;
      miss();
    }
  }

  ReplicaStatus status() {
    return status;
  }

  boolean isAlive() {
    return alive;
  }

  long roundTripNanos() {
    return roundTripNanos;
  }

  private void miss() {
    missed++;
    answered = 0;
    alive &= missed < MISSES_TO_UNHEALTHY;
    status = missed < MISSES_TO_UNHEALTHY ? ReplicaStatus.SUSPECTED : ReplicaStatus.UNHEALTHY;
  }
}
