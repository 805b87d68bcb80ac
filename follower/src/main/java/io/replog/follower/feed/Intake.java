package io.replog.follower.feed;

import io.replog.model.FeedAnswer;
import io.replog.model.HeartbeatRequest;
import io.replog.model.Position;
import io.replog.model.Promise;
import io.replog.model.ReplicateRequest;
import io.replog.model.WireEntry;
import io.replog.node.problem.Refusal;
import io.replog.replication.follower.FollowerAnswer;
import io.replog.replication.follower.FollowerInput;
import io.replog.replication.follower.FollowerView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives what an upstream hands over to the core of this node, as a batch of the master that the
/// upstream obeys. The core checks it as it checks any batch: epoch, log, chain.
///
/// The core is told that everything up to a version is committed once all of that version is
/// durable here, and no earlier. So what is committed here is always a whole version, and only that
/// is shown.
final class Intake {

  private final String clusterId;
  private final FedCore core;

  /// The oldest version that was named and has not been reached: where versions come faster than
  /// their entries, each that is aimed at is reached all the same. 0 for none.
  private long aim;

  /// What came of an answer.
  sealed interface Taken {

    /// Everything that the upstream named is here.
    record Whole() implements Taken {}

    /// There is more to be asked for at once.
    record Part() implements Taken {}

    /// The core did not take it.
    record Refused(String why) implements Taken {}
  }

  Intake(String clusterId, FedCore core) {
    this.clusterId = clusterId;
    this.core = core;
  }

  /// Returns once the entries are durable here, or were refused.
  Taken take(FeedAnswer answer) throws InterruptedException {
    Promise promise = promise(answer);
    if (promise == null) {
      return new Taken.Whole();
    }
    try {
      String refused = append(answer, promise);
      if (refused != null) {
        return new Taken.Refused(refused);
      }
      return isPart(answer) ? new Taken.Part() : new Taken.Whole();
    } catch (Refusal notNow) {
      return new Taken.Refused(notNow.message());
    }
  }

  private static @Nullable Promise promise(FeedAnswer answer) {
    String startId = answer.startId();
    String logId = answer.logId();
    return startId == null || logId == null ? null : new Promise(answer.epoch(), startId, logId);
  }

  private boolean isPart(FeedAnswer answer) throws InterruptedException {
    return !answer.entries().isEmpty()
        && core.view().standing().position().index() < answer.version();
  }

  /// @return why it was refused, null when it was not
  private @Nullable String append(FeedAnswer answer, Promise promise) throws InterruptedException {
    FollowerView view = core.view();
    Position end = view.standing().position();
    Position base = answer.base();
    if (base == null || end.index() > 0) {
      return append(answer, promise, view, end);
    }
    String refused = batch(promise, end, List.of());
    if (refused == null) {
      beat(promise, 0, base.index() + 1);
      refused = append(answer, promise, view, base);
    }
    return refused;
  }

  private @Nullable String append(
      FeedAnswer answer, Promise promise, FollowerView view, Position previous)
      throws InterruptedException {
    long present = view.commitIndex();
    long last = previous.index() + answer.entries().size();
    long complete = completeAt(last, answer.version(), present);
    boolean isNews =
        !answer.entries().isEmpty()
            || complete > present
            || !promise.startId().equals(view.masterStartId());
    String refused = isNews ? batch(promise, previous, answer.entries()) : null;
    if (refused == null && (complete > present || answer.firstIndex() > 1)) {
      beat(promise, Math.max(complete, present), answer.firstIndex());
    }
    return refused;
  }

  /// Last index of the newest version that is whole when this node ends at `last`.
  private long completeAt(long last, long named, long present) {
    if (last >= named) {
      aim = 0;
      return named;
    }
    if (aim <= present) {
      aim = named;
    }
    if (last < aim) {
      return present;
    }
    long reached = aim;
    aim = named;
    return reached;
  }

  /// Returns once it is durable. Calls nothing committed: what is would be shown as it comes in.
  private @Nullable String batch(Promise promise, Position previous, List<WireEntry> entries)
      throws InterruptedException {
    ReplicateRequest request =
        new ReplicateRequest(
            clusterId,
            promise.logId(),
            promise.epoch(),
            promise.startId(),
            previous,
            entries,
            previous.index() + entries.size(),
            0);
    return refusal(core.call(call -> new FollowerInput.Replicate(call, request)));
  }

  /// Everything up to `complete`, which is durable here, is committed; nothing before `firstIndex`
  /// need be kept.
  private void beat(Promise promise, long complete, long firstIndex) throws InterruptedException {
    HeartbeatRequest request =
        new HeartbeatRequest(
            clusterId,
            promise.logId(),
            promise.epoch(),
            promise.startId(),
            complete,
            complete,
            firstIndex);
    var _ = core.call(call -> new FollowerInput.Heartbeat(call, request));
  }

  private static @Nullable String refusal(FollowerAnswer answer) {
    return switch (answer) {
      case FollowerAnswer.Accepted _, FollowerAnswer.Held _ -> null;
      case FollowerAnswer.Refused(var reason, var detail, _) -> reason + ": " + detail;
      case FollowerAnswer.Unknown(var detail, _) -> detail;
    };
  }
}
