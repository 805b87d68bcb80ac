package io.replog.replication.master;

import io.replog.model.Entry;
import io.replog.model.HeartbeatRequest;
import io.replog.model.Member;
import io.replog.model.Position;
import io.replog.model.Promise;
import java.util.List;
import java.util.stream.Stream;

/// Everything a master wants done. Effects of one step are carried out in order.
public sealed interface MasterEffect {

  /// Append these entries to the own log; [MasterInput.Durable] follows.
  ///
  /// @param logId the log they belong to
  record Write(String logId, List<Entry> entries) implements MasterEffect {}

  /// Let the empty log begin behind `base`; [MasterInput.Durable] with its index follows.
  record Begin(String logId, Position base) implements MasterEffect {}

  /// Nobody needs what is up to `index`, the end of a segment: delete it. [MasterInput.Released]
  /// follows.
  record Release(long index) implements MasterEffect {}

  /// Put the promise on disk, behind everything written before; [MasterInput.PromisePersisted]
  /// follows.
  record PersistPromise(Promise promise) implements MasterEffect {}

  /// The commit index has grown; put it on disk when convenient.
  record PersistCommit(long commitIndex) implements MasterEffect {}

  /// Read the entries right behind `previous` from the log and send them. [MasterInput.BatchSent]
  /// follows, and then exactly one of [MasterInput.Acknowledged], [MasterInput.Refused] and
  /// [MasterInput.SendFailed]; the last one alone if the batch could not even be read.
  ///
  /// @param upTo last index that may be in the batch; below `previous.index() + 1` for a probe
  ///   without entries
  /// @param timeoutNanos how long to wait for the answer
  record Send(
      String follower,
      long batch,
      Position previous,
      long upTo,
      int maxEntries,
      int maxBytes,
      String logId,
      long epoch,
      long durableIndex,
      long commitIndex,
      long timeoutNanos)
      implements MasterEffect {}

  /// Send a heartbeat; [MasterInput.HeartbeatAnswered] or [MasterInput.HeartbeatFailed] follows.
  record Beat(String follower, long beat, HeartbeatRequest request) implements MasterEffect {}

  /// Ask a follower for the entries behind `own`; [MasterInput.Pulled] or [MasterInput.PullFailed]
  /// follows.
  record Pull(String follower, Position own) implements MasterEffect {}

  /// The log is whole again: open it anew and make a core of what is found. This core does nothing
  /// more.
  record BeginAnew() implements MasterEffect {}

  /// Answer an add, or what was taken of a bulk add.
  record AnswerAdd(long call, AddOutcome outcome) implements MasterEffect {}

  /// Tell how far a bulk add came.
  record Took(long call, Taken taken) implements MasterEffect {}

  /// Answer a wait.
  ///
  /// @param acks how many nodes hold the entry durably
  /// @param met whether those are as many as were asked for
  record AnswerWait(long call, int acks, boolean met) implements MasterEffect {}

  /// Have connections to exactly these nodes from now on.
  ///
  /// @param members those that count
  /// @param others those that join or leave
  record Connect(List<Member> members, List<Member> others) implements MasterEffect {
    public Connect {
      members = List.copyOf(members);
      others = List.copyOf(others);
    }

    /// Everybody, those that count first.
    public Stream<Member> all() {
      return Stream.concat(members.stream(), others.stream());
    }
  }

  /// Answer a join or a leave.
  record AnswerMembers(long call, MemberOutcome outcome) implements MasterEffect {}

  /// Answer an adoption.
  record AnswerAdopt(long call, AdoptOutcome outcome) implements MasterEffect {}

  /// Something that people, traces or metrics may care about. Never needed for correctness.
  record Happened(MasterEvent event) implements MasterEffect {}
}
