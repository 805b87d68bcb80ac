package io.replog.master.trace;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// When the entries of the last 4,096 groups were written and their force began. Written by the log
/// writer, read by anybody.
final class WrittenMoments {

  /// A power of two.
  private static final int CAPACITY = 4_096;

  private record Group(long lastIndex, long nanos) {}

  private final AtomicReferenceArray<@Nullable Group> groups = new AtomicReferenceArray<>(CAPACITY);
  private final AtomicLong next = new AtomicLong();

  /// Everything up to `lastIndex` was written at that moment, and is durable now.
  void note(long lastIndex, long nanos) {
    groups.set((int) (next.getAndIncrement() & (CAPACITY - 1)), new Group(lastIndex, nanos));
  }

  /// When `index` was written, [Trace#NEVER] when it is not, or when that is not known any more.
  long of(long index) {
    Group found = null;
    for (int slot = 0; slot < CAPACITY; slot++) {
      Group group = groups.get(slot);
      boolean holds = group != null && group.lastIndex() >= index;
      if (holds && (found == null || group.lastIndex() < found.lastIndex())) {
        found = group;
      }
    }
    return found == null ? Trace.NEVER : found.nanos();
  }
}
