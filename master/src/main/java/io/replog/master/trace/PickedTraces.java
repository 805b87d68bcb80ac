package io.replog.master.trace;

import io.replog.master.cluster.MasterLoop;
import io.replog.master.events.MasterListener;
import io.replog.master.events.OpenAdds;
import io.replog.replication.master.MasterEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

/// Picks adds whose traces are to leave this process, and gives each out when nothing more happens
/// to it, or after half a minute as it is then.
///
/// Picked are those that somebody records who began the trace: `traceparent` with its flag. Of
/// those that came without one, ten a second at most. Of a bulk add the last message of each chunk:
/// that is the one whose acknowledgements release it. Owner: whoever owns the core.
public final class PickedTraces implements MasterListener {

  /// More are picked only when some of these were taken.
  static final int MAX_WAITING = 1_024;

  /// Of those that nobody else began.
  static final int OWN_PER_SECOND = 10;

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Duration MAX_WAIT = Duration.ofSeconds(1);

  private final OpenAdds open;
  private final TraceRing ring;
  private final IntConsumer lost;
  private final Deque<Picked> waiting = new ArrayDeque<>();
  private long secondBeganNanos = Long.MIN_VALUE;
  private int ownThisSecond;

  private record Picked(long index, long sinceNanos) {}

  /// @param lost is told of picked traces that are not given out, on any thread
  PickedTraces(OpenAdds open, TraceRing ring, IntConsumer lost) {
    this.open = open;
    this.ring = ring;
    this.lost = lost;
  }

  @Override
  public void happened(MasterEvent event, long nowNanos) {
    switch (event) {
      case MasterEvent.Appended(var index, var call, _, _, _) -> appended(index, call, nowNanos);
      case MasterEvent.AppendedAll(_, var to, var call, _) -> appended(to, call, nowNanos);
      default -> {}
    }
  }

  private void appended(long index, long call, long nowNanos) {
    OpenAdds.Received received = open.find(call);
    String context = received == null ? null : TraceContext.valid(received.traceparent());
    boolean picked = context == null ? isWithinRate(nowNanos) : TraceContext.isSampled(context);
    if (picked && waiting.size() < MAX_WAITING) {
      waiting.add(new Picked(index, nowNanos));
    } else if (picked) {
      lost.accept(1);
    }
  }

  private boolean isWithinRate(long nowNanos) {
    if (secondBeganNanos == Long.MIN_VALUE || nowNanos - secondBeganNanos >= SECOND_NANOS) {
      secondBeganNanos = nowNanos;
      ownThisSecond = 0;
    }
    return ownThisSecond++ < OWN_PER_SECOND;
  }

  /// What can be given out now, oldest first. For any thread: it asks the core, and waits a second
  /// at most.
  public List<TraceAnswer> take(MasterLoop loop) throws InterruptedException {
    return taken(loop.ask(() -> takeOver(System.nanoTime())), MAX_WAIT);
  }

  /// What comes later than `patience` is lost, and counted then.
  List<TraceAnswer> taken(CompletableFuture<List<Trace>> asked, Duration patience)
      throws InterruptedException {
    try {
      return answers(asked.get(patience.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException late) {
      var _ = asked.thenAccept(over -> lost.accept(over.size()));
      return List.of();
    } catch (ExecutionException nothingTaken) {
      return List.of();
    }
  }

  private List<TraceAnswer> answers(List<Trace> over) {
    List<TraceAnswer> answers = new ArrayList<>();
    try {
      over.forEach(trace -> answers.add(ring.answer(trace)));
      return answers;
    } catch (RuntimeException failed) {
      lost.accept(over.size());
      throw failed;
    }
  }

  /// Copies of those that are over.
  List<Trace> takeOver(long nowNanos) {
    List<Picked> over = new ArrayList<>();
    waiting.removeIf(
        each -> {
          boolean isOver =
              ring.isOver(each.index()) || nowNanos - each.sinceNanos() >= PATIENCE_NANOS;
          return isOver && over.add(each);
        });
    List<Trace> known = new ArrayList<>();
    for (Picked each : over) {
      Trace copy = ring.copyOf(each.index());
      if (copy != null) {
        known.add(copy);
      }
    }
    lost.accept(over.size() - known.size());
    return known;
  }
}
