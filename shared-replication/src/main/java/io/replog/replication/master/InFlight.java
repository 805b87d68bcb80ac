package io.replog.replication.master;

import static io.replog.replication.BrokenInvariantException.check;

import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// The requests to one follower whose answers still matter, in the order in which they left.
///
/// At most one is being read from the log at a time, because only then is it known where the next
/// begins. Without artificial delay a few requests in flight keep a follower busy. With one, each
/// answer takes at least the delay, so there must be more: the first quarter of the slots is used
/// at once, the rest is spread over the delay, so that a burst cannot use them all up and a steady
/// stream never waits longer than one part of it.
final class InFlight {

  /// From so many bytes on a request is worth its costs, and the next does not wait for its answer.
  private static final long WORTHWHILE_BYTES = 64 << 10;

  private final int window;
  private final int maxWindow;
  private final long maxBytes;
  private final ArrayDeque<Batch> sent = new ArrayDeque<>();
  private long bytes;
  private long lastBegunNanos;

  /// The request that is being read from the log, or null.
  private @Nullable Batch reading;

  /// Whether the answer to `reading` does not matter any more.
  private boolean readingForgotten;

  /// @param maxBytes on their way to one follower, whatever the number of requests: both nodes keep
  ///   them in memory until the delay of the follower is over
  InFlight(int window, int maxWindow, long maxBytes) {
    this.window = window;
    this.maxWindow = maxWindow;
    this.maxBytes = maxBytes;
  }

  /// A request begins to be read from the log.
  void begin(Batch batch, long nowNanos) {
    check(reading == null, "two batches for one follower are read at once");
    reading = batch;
    readingForgotten = false;
    lastBegunNanos = nowNanos;
  }

  /// The request being read is on its way. Returns it, or null when it does not matter any more.
  @Nullable Batch left(long number, long lastIndex, long sentBytes) {
    Batch batch = reading;
    if (batch == null || batch.number() != number) {
      return null;
    }
    check(
        lastIndex >= batch.previousIndex() && lastIndex <= batch.lastIndex(),
        "a batch holds what was not asked for");
    reading = null;
    if (readingForgotten) {
      return null;
    }
    Batch left = batch.sent(lastIndex, sentBytes);
    sent.add(left);
    bytes += sentBytes;
    return left;
  }

  /// The final answer to a request has come. Returns the request, or null when it did not matter
  /// any more.
  @Nullable Batch settle(long number) {
    if (reading != null && reading.number() == number) {
      Batch batch = readingForgotten ? null : reading;
      reading = null;
      return batch;
    }
    for (Iterator<Batch> each = sent.iterator(); each.hasNext(); ) {
      Batch batch = each.next();
      if (batch.number() == number) {
        each.remove();
        bytes -= batch.bytes();
        return batch;
      }
    }
    return null;
  }

  /// Everything up to `index` has arrived, so the answers to those requests do not matter any more.
  void forgetThrough(long index) {
    while (!sent.isEmpty() && sent.peek().lastIndex() <= index) {
      bytes -= sent.remove().bytes();
    }
  }

  /// What is in flight counts as lost.
  void forgetAll() {
    sent.clear();
    bytes = 0;
    readingForgotten = true;
  }

  boolean isReading() {
    return reading != null;
  }

  /// Whether a request is on its way or being read whose answer matters.
  boolean isEmpty() {
    return sent.isEmpty() && (reading == null || readingForgotten);
  }

  /// Last index that may be in the request being read; 0 when there is none that matters.
  long readingUpTo() {
    return reading == null || readingForgotten ? 0 : reading.lastIndex();
  }

  int size() {
    return sent.size();
  }

  /// Whether the last request on its way is a small one: what waits had better gather until its
  /// answer comes. Each costs both nodes the same whatever it holds.
  boolean endsSmall() {
    return !sent.isEmpty() && sent.getLast().bytes() < WORTHWHILE_BYTES;
  }

  /// When the last request began to be read.
  long lastBegunNanos() {
    return lastBegunNanos;
  }

  /// When the next batch may leave: a time in the past when at once, `Long.MAX_VALUE` when only an
  /// answer can make room.
  ///
  /// @param delayNanos artificial delay of the follower
  long roomAtNanos(long delayNanos) {
    int slots = delayNanos > 0 ? maxWindow : window;
    if (reading != null || sent.size() >= slots || bytes >= maxBytes) {
      return Long.MAX_VALUE;
    }
    int unpaced = delayNanos > 0 ? Math.max(window, maxWindow / 4) : window;
    return sent.size() < unpaced
        ? Long.MIN_VALUE
        : lastBegunNanos + delayNanos / (maxWindow - unpaced);
  }
}
