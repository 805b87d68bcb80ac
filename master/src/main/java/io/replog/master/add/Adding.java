package io.replog.master.add;

import io.replog.master.cluster.MasterCalls;
import io.replog.master.cluster.MasterLoop;
import io.replog.master.events.OpenAdds;
import io.replog.model.EntryKind;
import io.replog.node.loop.PendingCalls.Call;
import io.replog.node.loop.ShortWaits;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.replication.master.AddOutcome;
import io.replog.replication.master.MasterInput;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.springframework.stereotype.Component;

/// Takes a valid request through the core. The caller's virtual thread waits; nothing is locked.
@Component
final class Adding {

  private static final int RETRY_AFTER_SECONDS = 1;

  private final MasterLoop loop;
  private final MasterCalls calls;
  private final OpenAdds open;
  private final OpenTransactions transactions;
  private final BlockedWrites blocked;
  private final AddMetrics metrics;
  private final ShortWaits waits;
  private final InstantSource clock = InstantSource.system();

  Adding(
      MasterLoop loop,
      MasterCalls calls,
      OpenAdds open,
      OpenTransactions transactions,
      BlockedWrites blocked,
      AddMetrics metrics,
      ShortWaits waits) {
    this.loop = loop;
    this.calls = calls;
    this.open = open;
    this.transactions = transactions;
    this.blocked = blocked;
    this.metrics = metrics;
    this.waits = waits;
  }

  /// Appends and waits until the concern is met or its time is over.
  ///
  /// @param client in whose share of blocked calls it counts
  /// @param caller whether somebody still waits for the answer
  /// @throws Refusal if the request did not get to the core: nothing was appended
  /// @throws Refusal with 504, which is indefinite, if the caller has hung up: the message stays,
  ///   and there should be nobody to read it
  AddOutcome add(AddRequest request, String client, Caller caller) throws InterruptedException {
    long started = System.nanoTime();
    if (request.requiredNodes() < 2) {
      return measured(request, caller, started);
    }
    blocked.enter(client);
    try {
      return measured(request, caller, started);
    } finally {
      blocked.leave(client);
    }
  }

  private AddOutcome measured(AddRequest request, Caller caller, long started)
      throws InterruptedException {
    AddOutcome outcome = submit(request, caller, started);
    metrics.count(request.requiredNodes(), outcome, System.nanoTime() - started);
    return outcome;
  }

  private AddOutcome submit(AddRequest request, Caller caller, long started)
      throws InterruptedException {
    Call<AddOutcome> call = calls.adds().open();
    open.opened(
        call.number(), new OpenAdds.Received(started, request.text(), caller.traceparent()));
    if (request.kind() == EntryKind.TRANSACTION) {
      transactions.opened(call.number(), caller::appended);
    }
    try {
      if (!loop.offer(input(call.number(), request))) {
        throw Refusal.unavailable(
            "too many calls wait for the core, or the node is stopping",
            "OVERLOADED",
            RETRY_AFTER_SECONDS);
      }
      return await(call, caller, request.requiredNodes());
    } finally {
      open.closed(call.number());
      transactions.closed(call.number());
      calls.adds().forget(call.number());
    }
  }

  private MasterInput.Add input(long call, AddRequest request) {
    return new MasterInput.Add(
        call,
        request.kind(),
        request.key(),
        request.text(),
        request.concern(),
        clock.millis(),
        request.timeoutNanos());
  }

  private AddOutcome await(Call<AddOutcome> call, Caller caller, int requiredNodes)
      throws InterruptedException {
    try {
      while (!waits.await(call.answer())) {
        requirePresent(call, caller, requiredNodes);
      }
      return call.answer().get();
    } catch (ExecutionException _) {
      throw Refusal.of(
          ProblemType.INTERNAL_ERROR,
          "the node has failed; whether the message is in the log is unknown until its restart");
    }
  }

  private void requirePresent(Call<AddOutcome> call, Caller caller, int requiredNodes) {
    if (caller.isGone()) {
      metrics.abandoned(requiredNodes);
      loop.put(new MasterInput.Cancel(call.number()));
      throw Refusal.of(
          ProblemType.CONCERN_NOT_MET,
          "the connection was found closed; the message is, or may be, in the log and stays there",
          Map.of("reason", "CALLER_GONE"));
    }
  }
}
