package io.replog.replication.follower;

import io.replog.model.Entry;
import io.replog.model.Position;
import io.replog.model.Promise;
import java.util.List;

/// Everything a follower wants done. Effects of one step are carried out in order.
public sealed interface FollowerEffect {

  /// Append these entries to the own log; [FollowerInput.Durable] follows.
  record Write(String logId, List<Entry> entries) implements FollowerEffect {}

  /// Put the promise on disk, before anything written later; [FollowerInput.PromisePersisted]
  /// follows.
  record PersistPromise(Promise promise) implements FollowerEffect {}

  /// Let the empty log begin behind `base`; [FollowerInput.Durable] with its index follows.
  record Begin(String logId, Position base) implements FollowerEffect {}

  /// Nobody needs what is up to `index`; it may be deleted, as far as whole segments allow.
  record Release(long index) implements FollowerEffect {}

  /// The commit index has grown; put it on disk when convenient.
  record PersistCommit(long commitIndex) implements FollowerEffect {}

  /// Answer a call.
  record Answer(long call, FollowerAnswer answer) implements FollowerEffect {}

  /// Something that people, traces or metrics may care about. Never needed for correctness.
  record Happened(FollowerEvent event) implements FollowerEffect {}
}
