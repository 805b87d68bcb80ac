package io.replog.master.add;

import io.replog.master.cluster.MasterCalls;
import io.replog.master.cluster.MasterLoop;
import io.replog.master.events.OpenAdds;
import io.replog.node.http.Places;
import io.replog.node.log.NodeLog;
import io.replog.node.loop.ShortWaits;
import io.replog.node.problem.Refusal;
import org.springframework.stereotype.Component;

/// Takes the lines of a bulk add through the core, as they come. Memory: what [BodyLines] and
/// [BulkRun] hold, whatever the length of the body, and only for so many at once as the heap can
/// bear. One that needs followers takes one place among the blocked calls.
@Component
final class BulkAdding {

  /// Two chunks of characters that need two bytes: one that waits for the core, one that grows. For
  /// each of the two kinds of calls.
  private static final int CALL_BYTES = 2 * 2 * 2 * BulkChunk.MAX_CHARACTERS;

  /// Calls that need the master alone have places of their own: a dead follower never gets one
  /// refused.
  private final Places alone =
      new Places(
          Places.bearable(CALL_BYTES),
          "calls that add lines to the master alone",
          "TOO_MANY_BULK_ADDS");

  private final Places withFollowers =
      new Places(
          Places.bearable(CALL_BYTES),
          "calls that add lines to several nodes",
          "TOO_MANY_BULK_ADDS");

  private final MasterLoop loop;
  private final MasterCalls calls;
  private final OpenAdds open;
  private final NodeLog log;
  private final BlockedWrites blocked;
  private final AddMetrics metrics;
  private final ShortWaits waits;

  BulkAdding(
      MasterLoop loop,
      MasterCalls calls,
      OpenAdds open,
      NodeLog log,
      BlockedWrites blocked,
      AddMetrics metrics,
      ShortWaits waits) {
    this.loop = loop;
    this.calls = calls;
    this.open = open;
    this.log = log;
    this.blocked = blocked;
    this.metrics = metrics;
    this.waits = waits;
  }

  /// Appends every line up to the first that cannot be taken, and waits until the concern is met
  /// for all of them or a time is over.
  ///
  /// @param client in whose share of blocked calls it counts
  /// @throws Refusal if there was no place for it: nothing was appended
  /// @throws Refusal with 504 or 500, which are indefinite, if the caller has hung up or the node
  ///   has failed
  BulkOutcome add(BulkRequest wanted, BulkSource source, String client, Caller caller)
      throws InterruptedException {
    if (wanted.requiredNodes() < 2) {
      return run(wanted, source, caller, alone);
    }
    blocked.enter(client);
    try {
      return run(wanted, source, caller, withFollowers);
    } finally {
      blocked.leave(client);
    }
  }

  /// The place is given back when the core has all the lines.
  private BulkOutcome run(BulkRequest wanted, BulkSource source, Caller caller, Places taking)
      throws InterruptedException {
    BulkRun run = new BulkRun(loop, calls, open, log, metrics, waits, wanted, caller);
    try {
      taking.take();
      try {
        putAll(run, source);
        run.handOver();
      } finally {
        taking.giveBack();
      }
      return run.finish();
    } finally {
      run.close();
    }
  }

  private static void putAll(BulkRun run, BulkSource source) throws InterruptedException {
    BulkChunk chunk = new BulkChunk();
    while (!run.isOver() && source.addNextTo(chunk)) {
      if (chunk.isFull() || (!source.isNextHere() && run.isIdle())) {
        run.put(chunk);
        chunk = new BulkChunk();
      }
    }
    if (!chunk.isEmpty()) {
      run.put(chunk);
    }
    if (source.failure() != null) {
      run.stop(source.failure());
    } else if (run.isOver()) {
      run.notReadOn(source.nextLine());
    }
  }
}
