package io.replog.follower.broker;

import io.replog.broker.ClusterMessages;
import io.replog.broker.EntriesMessage;
import io.replog.follower.faults.BatchFaults;
import io.replog.follower.replicate.MasterBatches;
import io.replog.model.Envelope;
import io.replog.model.RefusalReason;
import io.replog.node.loop.PendingCalls;
import io.replog.node.problem.Refusal;
import io.replog.replication.follower.FollowerAnswer;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;

/// Gives batches to the core in the order in which they come, without waiting for the answer to one
/// before the next: an artificial delay makes each of them late, not one after the other.
final class BatchTaking {

  private final MasterBatches batches;
  private final BatchFaults faults;
  private final AnswerSending answers;
  private final ClusterMessages messages;

  BatchTaking(
      MasterBatches batches, BatchFaults faults, AnswerSending answers, ClusterMessages messages) {
    this.batches = batches;
    this.faults = faults;
    this.answers = answers;
    this.messages = messages;
  }

  /// What a message holds, null if it is none of this cluster.
  @Nullable EntriesMessage read(Message message) {
    return messages.readEntries(message);
  }

  /// Whether a master has spoken to this process, so that batches of one that is gone are refused.
  boolean isClaimed() {
    return batches.isClaimed();
  }

  /// Gives a batch to the core.
  ///
  /// @param settled runs once the broker may forget the message, on any thread; not at all if this
  ///   node stops before
  void take(EntriesMessage entries, Runnable settled) {
    if (faults.isCutOff()) {
      settled.run();
      return;
    }
    try {
      faults.beforeAppend();
      PendingCalls.Call<FollowerAnswer> call = batches.begin(entries.body());
      Thread.startVirtualThread(() -> finish(entries, call, settled));
    } catch (Refusal refusal) {
      refuse(entries, refusal);
      settled.run();
    }
  }

  private void finish(
      EntriesMessage entries, PendingCalls.Call<FollowerAnswer> call, Runnable settled) {
    try {
      FollowerAnswer answer = batches.await(call);
      if (isStopping(answer)) {
        return;
      }
      answer(entries, answer);
    } catch (Refusal late) {
      refuse(entries, late);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return;
    }
    settled.run();
  }

  private void answer(EntriesMessage entries, FollowerAnswer answer) {
    Envelope<?> envelope = batches.envelope(answer);
    faults.afterAppend();
    if (!faults.losesAnswer()) {
      answers.send(entries, envelope);
    }
  }

  private void refuse(EntriesMessage entries, Refusal refusal) {
    if (!faults.losesAnswer()) {
      answers.send(entries, refusal);
    }
  }

  private static boolean isStopping(FollowerAnswer answer) {
    return answer instanceof FollowerAnswer.Refused refused
        && refused.reason() == RefusalReason.STOPPING;
  }

  void start() {
    answers.start();
  }

  void stop() {
    answers.stop();
  }
}
