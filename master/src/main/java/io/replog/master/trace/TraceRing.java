package io.replog.master.trace;

import io.replog.master.events.MasterListener;
import io.replog.master.events.OpenAdds;
import io.replog.master.members.Members;
import io.replog.replication.master.MasterEvent;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The traces of the last 4,096 messages that this process has appended. Owner: whoever owns the
/// core, which readers ask.
@Component
final class TraceRing implements MasterListener {

  /// A power of two.
  static final int CAPACITY = 4_096;

  private final @Nullable Trace[] ring = new Trace[CAPACITY];
  private final OpenAdds open;
  private final Attempts attempts;
  private final WrittenMoments written;

  /// Names of all followers that there were in this process; each keeps its number.
  private final List<String> followers = new CopyOnWriteArrayList<>();

  /// Numbers of those that count now.
  private volatile int[] members = {};

  /// First and last index appended by this process; 0 before the first.
  private long first;

  private long last;

  TraceRing(OpenAdds open, Attempts attempts, WrittenMoments written, Members members) {
    this.open = open;
    this.attempts = attempts;
    this.written = written;
    members.listen(_ -> count(members.names()));
  }

  private void count(List<String> names) {
    names.stream().filter(name -> !followers.contains(name)).forEach(followers::add);
    members = names.stream().mapToInt(followers::indexOf).toArray();
  }

  @Override
  public void happened(MasterEvent event, long nowNanos) {
    switch (event) {
      case MasterEvent.Appended(var index, var call, var nodes, _, _) ->
          begin(index, call, nodes, nowNanos);
      case MasterEvent.AppendedAll(var from, var to, var call, var nodes) -> {
        for (long index = Math.max(from, to - CAPACITY + 1); index <= to; index++) {
          begin(index, call, nodes, nowNanos);
        }
      }
      case MasterEvent.BecameDurable(var from, var to) ->
          range(from, to, trace -> trace.durable(nowNanos));
      case MasterEvent.Sent(var follower, var from, var to, _) -> {
        int number = followers.indexOf(follower);
        range(from, to, trace -> trace.sent(number, nowNanos));
      }
      case MasterEvent.FollowerAcknowledged(var follower, var from, var to, _) -> {
        int number = followers.indexOf(follower);
        range(from, to, trace -> trace.acknowledged(number, nowNanos));
      }
      case MasterEvent.Released released ->
          range(
              released.index(),
              released.index(),
              trace -> trace.released(released.acks(), nowNanos));
      default -> {}
    }
  }

  /// What the core has told of `index`, as it is now; null when it has told nothing, or that is
  /// forgotten. The reader's own from then on.
  @Nullable Trace copyOf(long index) {
    Trace trace = ring[slot(index)];
    return trace == null || trace.index != index ? null : trace.copy();
  }

  /// Whether it is known of `index` that every node holds it, or nothing is known of it any more.
  boolean isOver(long index) {
    Trace trace = ring[slot(index)];
    return trace == null || trace.index != index || trace.isComplete(members);
  }

  /// All that is known of the message. For any thread: it looks through thousands of attempts.
  TraceAnswer answer(Trace copy) {
    return copy.answer(followers, beside(copy.index), WallClock.read(InstantSource.system()));
  }

  private Trace.Beside beside(long index) {
    return new Trace.Beside(
        attempts.context(index),
        written.of(index),
        (follower, from, to) -> attempts.of(follower, index, from, to));
  }

  private void begin(long index, long call, int requiredNodes, long nowNanos) {
    OpenAdds.Received received = open.find(call);
    long receivedNanos = received == null ? nowNanos : received.nanos();
    String context = received == null ? null : TraceContext.valid(received.traceparent());
    if (context != null) {
      attempts.came(index, context);
    }
    ring[slot(index)] = new Trace(index, requiredNodes, receivedNanos, nowNanos, followers.size());
    first = first == 0 ? index : first;
    last = index;
  }

  private void range(long from, long to, Consumer<Trace> change) {
    if (first == 0) {
      return;
    }
    long oldest = Math.max(first, last - CAPACITY + 1);
    for (long index = Math.max(from, oldest); index <= Math.min(to, last); index++) {
      Trace trace = ring[slot(index)];
      if (trace != null && trace.index == index) {
        change.accept(trace);
      }
    }
  }

  private static int slot(long index) {
    return (int) (index & (CAPACITY - 1));
  }
}
