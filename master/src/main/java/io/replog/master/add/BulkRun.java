package io.replog.master.add;

import io.replog.master.cluster.MasterCalls;
import io.replog.master.cluster.MasterLoop;
import io.replog.master.events.OpenAdds;
import io.replog.node.log.NodeLog;
import io.replog.node.loop.PendingCalls.Call;
import io.replog.node.loop.ShortWaits;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.replication.master.AddOutcome;
import io.replog.replication.master.AddOutcome.AddRefusal;
import io.replog.replication.master.MasterInput;
import io.replog.replication.master.Taken;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// One bulk add on its way through the core, a chunk behind the other. While the core appends a
/// chunk the next one is read; the next goes to the core only when all of the one before was taken,
/// so what is in the log is always everything up to some line.
///
/// Bounds: [#MAX_WAITING] chunks wait for their concern, then no more is read. Where the node is
/// overloaded the chunk waits for the disk, at most [#PATIENCE]. Owner: the thread of the request.
final class BulkRun {

  /// Chunks that wait for their concern.
  static final int MAX_WAITING = 32;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);
  private static final AddOutcome.Refused QUEUE_FULL =
      new AddOutcome.Refused(
          AddRefusal.OVERLOADED, "too many calls wait for the core, or the node is stopping");

  private final MasterLoop loop;
  private final MasterCalls calls;
  private final OpenAdds open;
  private final NodeLog log;
  private final AddMetrics metrics;
  private final ShortWaits waits;
  private final BulkRequest wanted;
  private final Caller caller;
  private final InstantSource clock = InstantSource.system();

  /// The chunk that the core looks at; null when none does.
  private @Nullable Sent sent;

  /// Chunks that were taken and wait for their concern, oldest first.
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

  private long count;
  private long replayed;
  private long firstIndex = Long.MAX_VALUE;
  private long lastIndex;
  private @Nullable AddOutcome held;
  private AddOutcome.@Nullable Unmet unmet;
  private BulkOutcome.@Nullable Stopped stopped;

  private record Sent(BulkChunk chunk, Call<AddOutcome> held, CompletableFuture<Taken> taken) {}

  private record Waiting(Call<AddOutcome> call, Taken taken) {}

  BulkRun(
      MasterLoop loop,
      MasterCalls calls,
      OpenAdds open,
      NodeLog log,
      AddMetrics metrics,
      ShortWaits waits,
      BulkRequest wanted,
      Caller caller) {
    this.loop = loop;
    this.calls = calls;
    this.open = open;
    this.log = log;
    this.metrics = metrics;
    this.waits = waits;
    this.wanted = wanted;
    this.caller = caller;
  }

  /// Whether nothing more should be put.
  boolean isOver() {
    return stopped != null || unmet != null;
  }

  /// Whether nothing of this call is under way, so that even a small chunk should go.
  boolean isIdle() throws InterruptedException {
    if (sent != null && sent.taken().isDone()) {
      settleSent();
    }
    while (!waiting.isEmpty() && waiting.element().call().answer().isDone()) {
      settleOldest();
    }
    return sent == null && waiting.isEmpty();
  }

  /// Puts a chunk behind those before; waits while there is no room for it.
  void put(BulkChunk chunk) throws InterruptedException {
    settleSent();
    while (waiting.size() >= MAX_WAITING) {
      settleOldest();
    }
    if (isOver()) {
      notReadOn(chunk.line(0));
    } else {
      sent = send(chunk);
    }
  }

  /// Nothing is put any more; what was put before counts. The first reason stays.
  void stop(BulkOutcome.Stopped why) {
    stopped = stopped == null ? why : stopped;
  }

  /// Nothing is put any more, from this line on, for what was put before has not ended well.
  void notReadOn(long line) {
    stop(
        new BulkOutcome.Stopped(
            line, "NOT_READ", Refusal.badRequest("nothing was read beyond the one before")));
  }

  /// Waits until the core has looked at everything that was put: nothing of it is kept here any
  /// more.
  void handOver() throws InterruptedException {
    settleSent();
  }

  /// Waits until everything that was taken is answered. To be called behind [#handOver].
  BulkOutcome finish() throws InterruptedException {
    while (!waiting.isEmpty()) {
      settleOldest();
    }
    return new BulkOutcome(
        count, replayed, count == 0 ? 0 : firstIndex, lastIndex, held, unmet, stopped);
  }

  /// Forgets what is still open: nobody waits for it any more.
  void close() {
    if (sent != null) {
      open.closed(sent.held().number());
      forget(sent.held());
    }
    waiting.forEach(each -> forget(each.call()));
  }

  private void forget(Call<AddOutcome> call) {
    loop.put(new MasterInput.Cancel(call.number()));
    calls.adds().forget(call.number());
    calls.bulks().forget(call.number());
  }

  private Sent send(BulkChunk chunk) {
    Call<AddOutcome> call = calls.adds().open();
    Call<Taken> taken = calls.bulks().openAs(call.number());
    open.opened(
        call.number(), new OpenAdds.Received(System.nanoTime(), null, caller.traceparent()));
    MasterInput.AddAll input =
        new MasterInput.AddAll(
            call.number(),
            chunk.messages(),
            wanted.concern(),
            clock.millis(),
            wanted.timeoutNanos());
    if (!loop.offer(input)) {
      calls.bulks().complete(call.number(), Taken.nothing(QUEUE_FULL));
    }
    return new Sent(chunk, call, taken.answer());
  }

  /// Waits until the core has looked at what was sent, and sends the rest again while the node is
  /// overloaded.
  private void settleSent() throws InterruptedException {
    long tryUntil = System.nanoTime() + PATIENCE.toNanos();
    for (Sent present; (present = sent) != null; ) {
      Taken taken = await(present.taken());
      sent = null;
      open.closed(present.held().number());
      note(present, taken);
      AddOutcome.Refused refused = taken.stopped();
      if (refused == null) {
        return;
      }
      tryUntil = taken.count() > 0 ? System.nanoTime() + PATIENCE.toNanos() : tryUntil;
      if (refused.refusal() == AddRefusal.OVERLOADED && System.nanoTime() < tryUntil) {
        log.awaitShown(log.shownIndex() + 1, BETWEEN_TRIES);
        sent = send(present.chunk().behind(taken.count()));
      } else {
        metrics.refused(wanted.requiredNodes(), refused);
        stop(
            new BulkOutcome.Stopped(
                present.chunk().line(taken.count()),
                refused.refusal().name(),
                AddAnswers.refused(refused)));
      }
    }
  }

  private void note(Sent present, Taken taken) {
    if (taken.count() == 0) {
      calls.adds().forget(present.held().number());
      return;
    }
    count += taken.count();
    replayed += taken.replayed();
    firstIndex = Math.min(firstIndex, taken.firstIndex());
    lastIndex = Math.max(lastIndex, taken.lastIndex());
    waiting.add(new Waiting(present.held(), taken));
  }

  private void settleOldest() throws InterruptedException {
    Waiting oldest = waiting.element();
    AddOutcome outcome = await(oldest.call().answer());
    waiting.remove();
    metrics.count(wanted.requiredNodes(), outcome, oldest.taken());
    if (oldest.taken().lastIndex() == lastIndex || held == null) {
      held = outcome;
    }
    if (outcome instanceof AddOutcome.Unmet first && unmet == null) {
      unmet = first;
    }
  }

  private <T> T await(CompletableFuture<T> answer) throws InterruptedException {
    try {
      while (!waits.await(answer)) {
        requirePresent();
      }
      return answer.get();
    } catch (ExecutionException _) {
      throw Refusal.of(
          ProblemType.INTERNAL_ERROR,
          "the node has failed; which of the messages are in the log is unknown until its restart");
    }
  }

  private void requirePresent() {
    if (caller.isGone()) {
      metrics.abandoned(wanted.requiredNodes());
      throw Refusal.of(
          ProblemType.INCOMPLETE,
          "the connection was found closed; the first %d messages are, or may be, in the log"
              .formatted(count),
          Map.of("reason", "CALLER_GONE"));
    }
  }
}
