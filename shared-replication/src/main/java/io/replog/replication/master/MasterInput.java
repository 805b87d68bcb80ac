package io.replog.replication.master;

import io.replog.model.Entry;
import io.replog.model.EntryKind;
import io.replog.model.Member;
import io.replog.model.Position;
import io.replog.model.Promise;
import io.replog.model.RefusalReason;
import io.replog.model.Standing;
import io.replog.model.WriteConcern;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everything that can happen to a master. Call, batch and beat numbers are never used twice by one
/// process.
public sealed interface MasterInput {

  /// A client wants a message, or an entry of another kind, appended and to be answered once enough
  /// nodes hold it.
  ///
  /// @param call answered by exactly one [MasterEffect.AnswerAdd]
  /// @param key idempotency key or null
  /// @param concern fixed as a number of nodes at the moment of the append
  /// @param timestampMillis wall clock, milliseconds since 1970
  /// @param timeoutNanos wait at most this long from the append on; 0 = as long as it takes
  record Add(
      long call,
      EntryKind kind,
      @Nullable String key,
      String text,
      WriteConcern concern,
      long timestampMillis,
      long timeoutNanos)
      implements MasterInput {

    /// A message.
    public Add(
        long call,
        @Nullable String key,
        String text,
        WriteConcern concern,
        long timestampMillis,
        long timeoutNanos) {
      this(call, EntryKind.MESSAGE, key, text, concern, timestampMillis, timeoutNanos);
    }
  }

  /// A client wants messages appended in this order, one behind the other, and to be answered once
  /// enough nodes hold them all. It is no transaction: the first that is refused ends it, and what
  /// came before it stays.
  ///
  /// @param call answered by exactly one [MasterEffect.Took] at once and, if anything was taken, by
  ///   exactly one [MasterEffect.AnswerAdd] for the last of it
  /// @param messages at least one
  /// @param concern fixed as a number of nodes at the moment of the append
  /// @param timestampMillis wall clock, milliseconds since 1970
  /// @param timeoutNanos wait at most this long from the append on; 0 = as long as it takes
  record AddAll(
      long call,
      List<Message> messages,
      WriteConcern concern,
      long timestampMillis,
      long timeoutNanos)
      implements MasterInput {
    public AddAll {
      messages = List.copyOf(messages);
    }
  }

  /// One message of a bulk add.
  ///
  /// @param key idempotency key or null
  record Message(@Nullable String key, String text) {}

  /// A reader wants to know when `requiredNodes` nodes hold `index`, answered by one
  /// [MasterEffect.AnswerWait]. The index may lie beyond the end of the log.
  ///
  /// @param timeoutNanos wait at most this long; 0 = answer at once
  record WaitForAcks(long call, long index, int requiredNodes, long timeoutNanos)
      implements MasterInput {}

  /// The caller is gone; nobody waits for the answer of `call` any more.
  record Cancel(long call) implements MasterInput {}

  /// Everything up to `index` is durable on this node. Behind what was written when a hole was
  /// closed: then everything up to the next hole, or to the end, counts again.
  record Durable(long index) implements MasterInput {}

  /// What was filled in does not join the entries behind the hole. The last entry that was written
  /// will not become durable; nothing more can be written.
  record DoesNotJoin(String what) implements MasterInput {}

  /// The promise is on disk.
  record PromisePersisted(Promise promise) implements MasterInput {}

  /// The log has failed; nothing more will become durable on this node.
  record LogFailed(String error) implements MasterInput {}

  /// A record turned out to be damaged: this core has come to its end, whoever waits gets its
  /// honest answer now, and another core goes on with what is left.
  record Damaged(String what) implements MasterInput {}

  /// The disk has run out of its reserve, or has room again.
  record DiskFull(boolean full) implements MasterInput {}

  /// A batch was read from the log and is now on its way.
  ///
  /// @param lastIndex last index in the batch; one less than its first index when it is empty
  /// @param bytes size of the batch as counted against the window
  record BatchSent(String follower, long batch, long lastIndex, long bytes)
      implements MasterInput {}

  /// A follower acknowledged a batch.
  record Acknowledged(String follower, long batch, Standing standing) implements MasterInput {}

  /// A follower refused a batch.
  record Refused(String follower, long batch, RefusalReason reason, Standing standing)
      implements MasterInput {}

  /// A batch met with no usable answer; it may or may not have arrived.
  record SendFailed(String follower, long batch, SendFailure kind, String error)
      implements MasterInput {}

  /// A heartbeat was answered.
  record HeartbeatAnswered(String follower, long beat, Standing standing) implements MasterInput {}

  /// A heartbeat met with no usable answer.
  record HeartbeatFailed(String follower, long beat, String error) implements MasterInput {}

  /// Entries behind this node's own end, pulled from a follower; empty when it has no more.
  record Pulled(String follower, List<Entry> entries) implements MasterInput {
    public Pulled {
      entries = List.copyOf(entries);
    }
  }

  /// The follower that was asked for its first entries keeps none before `base`; it holds what
  /// follows.
  record PulledBase(String follower, Position base) implements MasterInput {}

  /// The log has grown beyond its retention: it would rather begin behind `base`, the end of a
  /// segment. Asked again and again while it does.
  record Release(Position base) implements MasterInput {}

  /// A release is over: what was up to `base` is deleted, and will not be there at the next start;
  /// everything else is there, whatever was asked for.
  record Released(Position base) implements MasterInput {}

  /// A pull brought nothing.
  ///
  /// @param refused whether the follower holds nothing that fits, or this node can take nothing; it
  ///   is then out for this start. Otherwise the pull was lost and is tried again
  record PullFailed(String follower, String error, boolean refused) implements MasterInput {}

  /// An operator wants the longest verified follower log taken over; answered by one
  /// [MasterEffect.AnswerAdopt].
  ///
  /// @param without names of followers that are left out, whatever they hold
  record Adopt(long call, Set<String> without) implements MasterInput {}

  /// An operator wants a node to belong to the cluster; answered by one
  /// [MasterEffect.AnswerMembers] when it does.
  ///
  /// @param timestampMillis wall clock, milliseconds since 1970
  /// @param timeoutNanos wait at most this long, at least 1
  record Join(long call, Member member, long timestampMillis, long timeoutNanos)
      implements MasterInput {}

  /// An operator wants the node of that name to belong to the cluster no more; answered likewise.
  record Leave(long call, String name, long timestampMillis, long timeoutNanos)
      implements MasterInput {}

  /// Time has passed.
  record Tick() implements MasterInput {}

  /// The process is about to end: no more adds, and every waiting call gets its honest answer now.
  record Stop() implements MasterInput {}
}
