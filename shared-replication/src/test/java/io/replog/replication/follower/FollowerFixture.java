package io.replog.replication.follower;

import io.replog.model.Entry;
import io.replog.model.FsyncMode;
import io.replog.model.HeartbeatRequest;
import io.replog.model.Position;
import io.replog.model.Promise;
import io.replog.model.RefusalReason;
import io.replog.model.ReplicateRequest;
import io.replog.model.Standing;
import io.replog.model.WireEntry;
import io.replog.replication.Hole;
import io.replog.replication.MemoryLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A follower core with a log in memory, masters played by the test, and virtual time.
///
/// What the core writes is durable at once and promises are persisted at once, unless the test says
/// otherwise.
final class FollowerFixture {

  static final String LOG = "log";
  static final int MAX_HELD_ENTRIES = 4;

  final MemoryLog log;
  final List<FollowerEffect> effects = new ArrayList<>();
  final FollowerCore core;
  long now = 1_000_000;
  private long call;
  private boolean diskIsSlow;
  private boolean promiseIsSlow;
  private List<Entry> behindHole = List.of();
  private long lastMissing = -1;

  private FollowerFixture(RecoveredFollower recovered, MemoryLog log, Duration delay) {
    this.log = log;
    FollowerSettings settings =
        new FollowerSettings(
            "f1",
            "replog",
            "disk",
            "new-log",
            FsyncMode.ALWAYS,
            delay.toNanos(),
            1_000_000_000L,
            MAX_HELD_ENTRIES,
            1_000);
    this.core = new FollowerCore(settings, recovered, log, now);
  }

  static FollowerFixture empty() {
    return empty(Duration.ZERO);
  }

  static FollowerFixture empty(Duration delay) {
    return new FollowerFixture(
        new RecoveredFollower(Position.START, 0, null, null, List.of()), new MemoryLog(), delay);
  }

  /// A follower that holds this log and has promised `epoch` to a master `s<epoch>`.
  static FollowerFixture with(MemoryLog log, long epoch) {
    Promise promise = new Promise(epoch, "s" + epoch, LOG);
    return new FollowerFixture(
        new RecoveredFollower(log.end(), 0, promise, LOG, List.of()), log, Duration.ZERO);
  }

  /// A follower with this log, of which the entries `first` to `last` cannot be read; it had seen
  /// `commitIndex` committed.
  static FollowerFixture damaged(
      MemoryLog whole, long first, long last, long commitIndex, Duration delay) {
    MemoryLog usable = new MemoryLog();
    usable.write(whole.behind(0).subList(0, (int) first - 1));
    Promise promise = new Promise(1, "s1", LOG);
    FollowerFixture fixture =
        new FollowerFixture(
            new RecoveredFollower(
                usable.end(),
                commitIndex,
                promise,
                LOG,
                List.of(new Hole(first, last, "checksum"))),
            usable,
            delay);
    fixture.behindHole = whole.behind(last);
    fixture.lastMissing = last;
    return fixture;
  }

  void diskIsSlow() {
    diskIsSlow = true;
  }

  void promiseIsSlow() {
    promiseIsSlow = true;
  }

  /// The log writer has forced everything; where that fills the hole, what stands behind it counts
  /// again.
  void becomesDurable() {
    if (log.end().index() == lastMissing) {
      log.write(behindHole);
      behindHole = List.of();
    }
    step(new FollowerInput.Durable(log.end().index()));
  }

  /// A master of `epoch` sends the entries `from` to `to` of its log.
  long receives(MemoryLog master, long from, long to, long epoch) {
    return receives(request(master, from, to, epoch));
  }

  long receives(ReplicateRequest request) {
    call++;
    step(new FollowerInput.Replicate(call, request));
    return call;
  }

  static ReplicateRequest request(MemoryLog master, long from, long to, long epoch) {
    List<Entry> batch = master.behind(from - 1).subList(0, (int) (to - from + 1));
    return new ReplicateRequest(
        "replog",
        LOG,
        epoch,
        "s" + epoch,
        master.positionAt(from - 1),
        batch.stream().map(WireEntry::of).toList(),
        master.end().index(),
        0);
  }

  long plain(String text, long index) {
    call++;
    step(new FollowerInput.Plain(call, text, index, 1_000));
    return call;
  }

  long heartbeat(long epoch, long durableIndex, long commitIndex) {
    call++;
    step(
        new FollowerInput.Heartbeat(
            call,
            new HeartbeatRequest("replog", LOG, epoch, "s" + epoch, durableIndex, commitIndex, 0)));
    return call;
  }

  /// The answer to a call, null while it waits. Fails when there were two.
  FollowerAnswer answerTo(long answered) {
    List<FollowerAnswer> answers =
        all(FollowerEffect.Answer.class).stream()
            .filter(answer -> answer.call() == answered)
            .map(FollowerEffect.Answer::answer)
            .toList();
    if (answers.size() > 1) {
      throw new AssertionError("answered twice: " + answers);
    }
    return answers.isEmpty() ? null : answers.getFirst();
  }

  boolean isAccepted(long answered) {
    return answerTo(answered) instanceof FollowerAnswer.Accepted;
  }

  boolean isHeld(long answered) {
    return answerTo(answered) instanceof FollowerAnswer.Held;
  }

  boolean isUnknown(long answered) {
    return answerTo(answered) instanceof FollowerAnswer.Unknown;
  }

  RefusalReason refusalOf(long answered) {
    return answerTo(answered) instanceof FollowerAnswer.Refused refused ? refused.reason() : null;
  }

  Standing standing() {
    return core.view(now).standing();
  }

  void passes(Duration duration) {
    long end = now + duration.toNanos();
    while (core.nextDeadlineNanos() <= end) {
      now = Math.max(now, core.nextDeadlineNanos());
      step(new FollowerInput.Tick());
    }
    now = end;
  }

  void step(FollowerInput input) {
    for (FollowerEffect effect : core.step(input, now)) {
      effects.add(effect);
      carryOut(effect);
    }
  }

  <E extends FollowerEffect> List<E> all(Class<E> type) {
    return effects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private void carryOut(FollowerEffect effect) {
    switch (effect) {
      case FollowerEffect.Write write -> written(write);
      case FollowerEffect.PersistPromise promise -> promised(promise);
      case FollowerEffect.Begin _,
          FollowerEffect.Release _,
          FollowerEffect.PersistCommit _,
          FollowerEffect.Answer _,
          FollowerEffect.Happened _ -> {}
    }
  }

  private void written(FollowerEffect.Write write) {
    log.write(write.entries());
    if (!diskIsSlow) {
      becomesDurable();
    }
  }

  private void promised(FollowerEffect.PersistPromise persist) {
    if (!promiseIsSlow) {
      step(new FollowerInput.PromisePersisted(persist.promise()));
    }
  }
}
