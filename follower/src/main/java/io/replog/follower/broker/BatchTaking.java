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

  /// The life of the master whose batches may be taken, null if there is none now.
  @Nullable String obeyed() {
    return batches.obeyed();
  }

  /// What becomes of a message at the broker. On any thread, once.
  interface Delivery {

    /// The broker may forget it.
    void settle();

    /// The broker is to deliver it again, here or to who comes after.
    void giveBack();
  }

  /// Gives a batch to the core.
  void take(EntriesMessage entries, Delivery delivery) {
    if (faults.isCutOff()) {
      delivery.settle();
      return;
    }
    try {
      faults.beforeAppend();
      PendingCalls.Call<FollowerAnswer> call = batches.begin(entries.body());
      EntriesMessage head = entries.withoutBody();
      Thread.startVirtualThread(() -> finish(head, call, delivery));
    } catch (Refusal refusal) {
      refuse(entries, refusal);
      delivery.settle();
    }
  }

  /// A core that ends, with its process or for another one, has not taken what it did not answer.
  private void finish(
      EntriesMessage entries, PendingCalls.Call<FollowerAnswer> call, Delivery delivery) {
    try {
      FollowerAnswer answer = batches.await(call);
      if (isStopping(answer)) {
        delivery.giveBack();
        return;
      }
      answer(entries, answer);
    } catch (Refusal late) {
      refuse(entries, late);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      delivery.giveBack();
      return;
    }
    delivery.settle();
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
