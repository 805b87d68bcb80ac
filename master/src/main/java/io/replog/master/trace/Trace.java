package io.replog.master.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of one message. Moments are on the clock of [System#nanoTime]; [#NEVER] = not yet.
/// Owner: the core's thread.
final class Trace {

  /// A moment that has not come.
  static final long NEVER = Long.MIN_VALUE;

  final long index;
  private final int requiredNodes;
  private final long receivedNanos;
  private final long appendedNanos;
  private long durableNanos = NEVER;
  private long releasedNanos = NEVER;
  private int releasedAcks;
  private final long[] sentNanos;
  private final long[] acknowledgedNanos;
  private final int[] attempts;

  Trace(long index, int requiredNodes, long receivedNanos, long appendedNanos, int followers) {
    this.index = index;
    this.requiredNodes = requiredNodes;
    this.receivedNanos = receivedNanos;
    this.appendedNanos = appendedNanos;
    this.sentNanos = new long[followers];
    this.acknowledgedNanos = new long[followers];
    this.attempts = new int[followers];
    Arrays.fill(sentNanos, NEVER);
    Arrays.fill(acknowledgedNanos, NEVER);
  }

  void durable(long nowNanos) {
    durableNanos = durableNanos == NEVER ? nowNanos : durableNanos;
  }

  /// Keeps the first moment and counts every attempt.
  void sent(int follower, long nowNanos) {
    sentNanos[follower] = sentNanos[follower] == NEVER ? nowNanos : sentNanos[follower];
    attempts[follower]++;
  }

  void acknowledged(int follower, long nowNanos) {
    acknowledgedNanos[follower] =
        acknowledgedNanos[follower] == NEVER ? nowNanos : acknowledgedNanos[follower];
  }

  void released(int acks, long nowNanos) {
    if (releasedNanos == NEVER) {
      releasedNanos = nowNanos;
      releasedAcks = acks;
    }
  }

  /// What a reader is shown.
  ///
  /// @param followers names, in the order of their numbers here
  TraceAnswer answer(List<String> followers, WallClock clock) {
    List<TraceAnswer.OnFollower> onFollowers = new ArrayList<>();
    for (int i = 0; i < followers.size(); i++) {
      onFollowers.add(
          new TraceAnswer.OnFollower(
              followers.get(i),
              attempts[i],
              moment(sentNanos[i], clock),
              moment(acknowledgedNanos[i], clock)));
    }
    return new TraceAnswer(
        index,
        requiredNodes,
        moment(receivedNanos, clock),
        moment(appendedNanos, clock),
        moment(durableNanos, clock),
        onFollowers,
        moment(releasedNanos, clock),
        releasedNanos == NEVER ? null : releasedAcks);
  }

  private TraceAnswer.@Nullable Moment moment(long nanos, WallClock clock) {
    return nanos == NEVER
        ? null
        : new TraceAnswer.Moment(
            clock.at(nanos).toString(), Math.round((nanos - receivedNanos) / 1e3) / 1e3);
  }
}
