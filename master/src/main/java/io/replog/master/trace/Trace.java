package io.replog.master.trace;

import io.replog.master.replicate.Attempt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of one message. Moments are on the clock of [System#nanoTime]; [#NEVER] = not yet.
/// Owner: whoever owns the core; of a copy its reader.
final class Trace {

  /// A moment that has not come.
  static final long NEVER = Long.MIN_VALUE;

  /// What others know of a message.
  ///
  /// @param traceparent what it came with
  /// @param writtenNanos when it was in the master's file
  /// @param attempts those of a follower, in the order in which they left
  record Beside(@Nullable String traceparent, long writtenNanos, Sendings attempts) {}

  /// Finds what was sent to a follower.
  @FunctionalInterface
  interface Sendings {

    /// In the order in which they left; probes only of the time given.
    List<Attempt> to(String follower, long waitedFromNanos, long waitedToNanos);
  }

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

  /// One that nothing happens to any more.
  Trace copy() {
    Trace copy = new Trace(index, requiredNodes, receivedNanos, appendedNanos, sentNanos.length);
    copy.durableNanos = durableNanos;
    copy.releasedNanos = releasedNanos;
    copy.releasedAcks = releasedAcks;
    System.arraycopy(sentNanos, 0, copy.sentNanos, 0, sentNanos.length);
    System.arraycopy(acknowledgedNanos, 0, copy.acknowledgedNanos, 0, acknowledgedNanos.length);
    System.arraycopy(attempts, 0, copy.attempts, 0, attempts.length);
    return copy;
  }

  /// Whether every node holds the message: then nothing happens to it any more.
  ///
  /// @param members numbers of the followers that count; one that joined later is not waited for
  boolean isComplete(int[] members) {
    return durableNanos != NEVER && Arrays.stream(members).allMatch(this::isOver);
  }

  private boolean isOver(int follower) {
    return !isKnown(follower) || acknowledgedNanos[follower] != NEVER;
  }

  /// Whether it was there when the message was appended.
  private boolean isKnown(int follower) {
    return follower >= 0 && follower < acknowledgedNanos.length;
  }

  void durable(long nowNanos) {
    durableNanos = durableNanos == NEVER ? nowNanos : durableNanos;
  }

  /// Keeps the first moment and counts every attempt.
  void sent(int follower, long nowNanos) {
    if (!isKnown(follower)) {
      return;
    }
    sentNanos[follower] = sentNanos[follower] == NEVER ? nowNanos : sentNanos[follower];
    attempts[follower]++;
  }

  void acknowledged(int follower, long nowNanos) {
    if (isKnown(follower) && acknowledgedNanos[follower] == NEVER) {
      acknowledgedNanos[follower] = nowNanos;
    }
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
  /// @param beside what others know of the same message
  TraceAnswer answer(List<String> followers, Beside beside, WallClock clock) {
    Tries tries = new Tries(nanos -> moment(nanos, clock));
    List<TraceAnswer.OnFollower> onFollowers = new ArrayList<>();
    for (int i = 0; i < attempts.length; i++) {
      onFollowers.add(
          new TraceAnswer.OnFollower(
              followers.get(i),
              attempts[i],
              moment(sentNanos[i], clock),
              moment(acknowledgedNanos[i], clock),
              tries.of(sendings(followers.get(i), i, beside))));
    }
    return new TraceAnswer(
        index,
        requiredNodes,
        beside.traceparent(),
        moment(receivedNanos, clock),
        moment(appendedNanos, clock),
        moment(within(beside.writtenNanos()), clock),
        moment(durableNanos, clock),
        onFollowers,
        moment(releasedNanos, clock),
        releasedNanos == NEVER ? null : releasedAcks);
  }

  /// A message waits from when it is durable here until it is acknowledged.
  private List<Attempt> sendings(String follower, int number, Beside beside) {
    long until = acknowledgedNanos[number] == NEVER ? Long.MAX_VALUE : acknowledgedNanos[number];
    return beside.attempts().to(follower, durableNanos == NEVER ? until : durableNanos, until);
  }

  /// What lies outside of append and durability is a moment of something else.
  private long within(long writtenNanos) {
    boolean known = writtenNanos != NEVER && durableNanos != NEVER;
    return known && writtenNanos >= appendedNanos && writtenNanos <= durableNanos
        ? writtenNanos
        : NEVER;
  }

  private TraceAnswer.@Nullable Moment moment(long nanos, WallClock clock) {
    return nanos == NEVER
        ? null
        : new TraceAnswer.Moment(clock.at(nanos).toString(), Tries.millis(nanos - receivedNanos));
  }
}
