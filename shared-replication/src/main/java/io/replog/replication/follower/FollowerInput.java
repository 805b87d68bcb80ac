package io.replog.replication.follower;

import io.replog.model.HeartbeatRequest;
import io.replog.model.Promise;
import io.replog.model.ReplicateRequest;

/// Everything that can happen to a follower. Call numbers are never used twice by one process.
public sealed interface FollowerInput {

  /// A batch from a master, answered by one [FollowerEffect.Answer].
  record Replicate(long call, ReplicateRequest request) implements FollowerInput {}

  /// The plain form, from a hand or a script, answered by one [FollowerEffect.Answer].
  ///
  /// @param index the `sequence_id`, at least 1
  /// @param timestampMillis wall clock, milliseconds since 1970
  record Plain(long call, String text, long index, long timestampMillis) implements FollowerInput {}

  /// A heartbeat, answered at once.
  record Heartbeat(long call, HeartbeatRequest request) implements FollowerInput {}

  /// The caller of a batch is gone; the batch stays.
  record Cancel(long call) implements FollowerInput {}

  /// Everything up to `index` is durable on this node. Behind what was written when a hole was
  /// closed: then everything up to the next hole, or to the end, counts again.
  record Durable(long index) implements FollowerInput {}

  /// The promise is on disk.
  record PromisePersisted(Promise promise) implements FollowerInput {}

  /// The log has failed; nothing more will become durable on this node.
  record LogFailed(String error) implements FollowerInput {}

  /// The disk has run out of its reserve, or has room again.
  record DiskFull(boolean full) implements FollowerInput {}

  /// Another artificial delay from now on.
  ///
  /// @param jitterNanos by how much each arrival may wait shorter or longer, drawn evenly
  /// @param seed of what is drawn
  record DelayChanged(long delayNanos, long jitterNanos, long seed) implements FollowerInput {

    /// A delay that is always the same.
    public DelayChanged(long delayNanos) {
      this(delayNanos, 0, 0);
    }
  }

  /// What was filled in does not join the entries behind the hole. The last entry that was written
  /// will not become durable; nothing more can be written.
  record DoesNotJoin(String what) implements FollowerInput {}

  /// Time has passed.
  record Tick() implements FollowerInput {}

  /// The process is about to end: delayed and held batches are dropped and their calls refused; of
  /// what is being written it is said to be unknown whether it stays.
  record Stop() implements FollowerInput {}
}
