package io.replog.follower.feed;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// What the newest commit index was at which time, as far as the upstream has said so: a version is
/// known to have been all there was at the last time at which nothing behind it was committed.
/// While many write that is never the case at the moment at which a version comes, but a moment
/// earlier.
///
/// 64 at most; where there are more every second one is dropped, which makes versions look older,
/// never younger. For one thread.
final class Observations {

  private static final int MAX_OBSERVATIONS = 64;

  /// Indexes rise.
  private final Deque<Observation> beyond = new ArrayDeque<>();

  private @Nullable Long completeNanos;

  private record Observation(long index, long nanos) {}

  /// Up to `index`, which never falls, everything was committed at `nanos`, and nothing behind it.
  void note(long index, long nanos) {
    Observation last = beyond.peekLast();
    if (last != null && last.index() == index) {
      beyond.removeLast();
    }
    beyond.addLast(new Observation(index, nanos));
    if (beyond.size() > MAX_OBSERVATIONS) {
      thinOut();
    }
  }

  /// When `version`, which never falls, was last known to be all there was; null for never.
  @Nullable Long completeAt(long version) {
    for (Observation first = beyond.peekFirst();
        first != null && first.index() <= version;
        first = beyond.peekFirst()) {
      beyond.removeFirst();
      completeNanos =
          completeNanos == null ? first.nanos() : Math.max(completeNanos, first.nanos());
    }
    return completeNanos;
  }

  private void thinOut() {
    boolean kept = false;
    for (int left = beyond.size(); left > 0; left--) {
      Observation each = beyond.removeFirst();
      kept = !kept;
      if (kept) {
        beyond.addLast(each);
      }
    }
  }
}
