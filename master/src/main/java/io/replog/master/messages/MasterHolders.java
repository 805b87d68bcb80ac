package io.replog.master.messages;

import io.replog.master.cluster.MasterCalls;
import io.replog.master.cluster.MasterLoop;
import io.replog.master.members.Members;
import io.replog.node.loop.PendingCalls.Call;
import io.replog.node.messages.KnownHolders;
import io.replog.node.problem.Refusal;
import io.replog.replication.master.MasterInput;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/// Asks the core how many nodes hold an entry, and waits in the core until enough do.
@Component
final class MasterHolders implements KnownHolders {

  private static final int RETRY_AFTER_SECONDS = 1;

  /// Far below the connections that a node takes. A few more may slip in at the same moment.
  private static final int MAX_WAITERS = 2_000;

  private final MasterLoop loop;
  private final MasterCalls calls;
  private final Members members;

  MasterHolders(MasterLoop loop, MasterCalls calls, Members members) {
    this.loop = loop;
    this.calls = calls;
    this.members = members;
  }

  @Override
  public int clusterSize() {
    return members.clusterSize();
  }

  @Override
  public int holdersOf(long index) throws InterruptedException {
    try {
      return loop.acksOf(index);
    } catch (TimeoutException _) {
      throw Refusal.unavailable(
          "the core is too busy to say how many nodes hold #" + index,
          "OVERLOADED",
          RETRY_AFTER_SECONDS);
    }
  }

  @Override
  public int awaitHolders(long index, int requiredNodes, Duration atMost)
      throws InterruptedException {
    if (atMost.isZero()) {
      return holdersOf(index);
    }
    if (calls.waits().size() >= MAX_WAITERS) {
      throw Refusal.unavailable("too many readers wait", "TOO_MANY_WAITERS", RETRY_AFTER_SECONDS);
    }
    Call<MasterCalls.Holders> call = calls.waits().open();
    try {
      return await(call, index, requiredNodes, atMost).acks();
    } finally {
      calls.waits().forget(call.number());
    }
  }

  private MasterCalls.Holders await(
      Call<MasterCalls.Holders> call, long index, int requiredNodes, Duration atMost)
      throws InterruptedException {
    if (!loop.offer(
        new MasterInput.WaitForAcks(call.number(), index, requiredNodes, atMost.toNanos()))) {
      throw Refusal.unavailable(
          "too many calls wait for the core, or the node is stopping",
          "OVERLOADED",
          RETRY_AFTER_SECONDS);
    }
    try {
      return call.answer().get();
    } catch (ExecutionException ended) {
      throw new IllegalStateException("the core has ended", ended);
    }
  }
}
