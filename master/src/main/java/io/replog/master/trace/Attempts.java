package io.replog.master.trace;

import io.replog.master.replicate.Attempt;
import io.replog.master.replicate.AttemptListener;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The last 4,096 batches that were sent to each follower, and the trace contexts of the last 4,096
/// messages that came with one. Any thread writes and reads.
@Component
final class Attempts implements AttemptListener {

  /// A power of two.
  static final int CAPACITY = 4_096;

  /// A message may have been sent for hours: its last attempts are told.
  static final int MAX_TOLD = 32;

  private final Map<String, Ring> rings = new ConcurrentHashMap<>();
  private final AtomicReferenceArray<@Nullable Context> contexts =
      new AtomicReferenceArray<>(CAPACITY);

  /// Whether any message ever came with a context: most never do, and cost nothing then.
  private volatile boolean anyContext;

  private record Context(long index, String traceparent) {}

  private static final class Ring {

    private final AtomicReferenceArray<@Nullable Attempt> slots =
        new AtomicReferenceArray<>(CAPACITY);
    private final AtomicLong next = new AtomicLong();

    void add(Attempt attempt) {
      slots.set((int) (next.getAndIncrement() & (CAPACITY - 1)), attempt);
    }

    /// Looks from the newest back; what is no longer there was overwritten by newer ones.
    void replace(Attempt before, Attempt attempt) {
      long newest = next.get() - 1;
      for (long at = newest; at >= 0 && at > newest - CAPACITY; at--) {
        if (slots.compareAndSet((int) (at & (CAPACITY - 1)), before, attempt)) {
          return;
        }
      }
    }
  }

  @Override
  public void sent(String follower, Attempt attempt) {
    ring(follower).add(attempt);
  }

  @Override
  public void ended(String follower, Attempt before, Attempt attempt) {
    ring(follower).replace(before, attempt);
  }

  /// A message has come with a context of the right form.
  void came(long index, String traceparent) {
    contexts.set(slot(index), new Context(index, traceparent));
    anyContext = true;
  }

  /// The context that a message came with, null when it came with none, or that is not known any
  /// more.
  @Nullable String context(long index) {
    Context context = contexts.get(slot(index));
    return context == null || context.index() != index ? null : context.traceparent();
  }

  /// That of the first message of the batch that came with one; a request has only one parent.
  @Override
  public @Nullable String traceparent(long fromIndex, long toIndex) {
    if (!anyContext) {
      return null;
    }
    for (long index = fromIndex; index <= toIndex; index++) {
      String context = context(index);
      if (context != null) {
        return TraceContext.child(context);
      }
    }
    return null;
  }

  /// The last attempts that carried `index` to a follower, and the probes that left in a time in
  /// which it waited for that, in the order in which they left.
  List<Attempt> of(String follower, long index, long waitedFromNanos, long waitedToNanos) {
    Ring ring = ring(follower);
    List<Attempt> found = new ArrayList<>();
    for (int slot = 0; slot < CAPACITY; slot++) {
      Attempt attempt = ring.slots.get(slot);
      if (attempt == null) {
        continue;
      }
      boolean isMeanwhile =
          attempt.sentNanos() > waitedFromNanos && attempt.sentNanos() < waitedToNanos;
      if (attempt.carries(index) || (attempt.isProbe() && isMeanwhile)) {
        found.add(attempt);
      }
    }
    found.sort(Comparator.comparingLong(Attempt::sentNanos));
    return found.subList(Math.max(0, found.size() - MAX_TOLD), found.size());
  }

  private Ring ring(String follower) {
    return rings.computeIfAbsent(follower, _ -> new Ring());
  }

  private static int slot(long index) {
    return (int) (index & (CAPACITY - 1));
  }
}
