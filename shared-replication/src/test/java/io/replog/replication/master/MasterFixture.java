package io.replog.replication.master;

import io.replog.model.Entry;
import io.replog.model.EntryKind;
import io.replog.model.FollowerFault;
import io.replog.model.FsyncMode;
import io.replog.model.Member;
import io.replog.model.Position;
import io.replog.model.RefusalReason;
import io.replog.model.Standing;
import io.replog.model.WriteConcern;
import io.replog.replication.Hole;
import io.replog.replication.MemoryLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// A master core with a log in memory, followers played by the test, and virtual time.
///
/// What the core writes is in the log at once and durable when the test says so; promises are
/// persisted at once; batches leave at once with everything that was asked for.
final class MasterFixture {

  static final String START = "start";
  static final String LOG = "log";

  private static final RecoveredMaster NOTHING =
      new RecoveredMaster(Position.START, 0, null, null, null, null, List.of(), null);

  final MemoryLog log;
  final List<MasterEffect> effects = new ArrayList<>();
  final Map<String, FakeFollower> followers = new HashMap<>();
  final MasterCore core;

  /// Who the core has connections to.
  private Set<String> links;

  long now;
  private long call;
  private boolean durableAtOnce = true;
  private List<Entry> behindHole = List.of();
  private long lastMissing = -1;

  private MasterFixture(MasterSettings settings, RecoveredMaster recovered, MemoryLog log) {
    this(settings, recovered, log, 1_000_000);
  }

  private MasterFixture(
      MasterSettings settings, RecoveredMaster recovered, MemoryLog log, long now) {
    this.log = log;
    this.now = now;
    settings.followers().forEach(member -> connected(member.name()));
    this.core =
        new MasterCore(
            settings,
            recovered,
            log,
            failures -> Math.min(5_000, 100L << failures) * 1_000_000,
            now);
    this.links = names(core.connections());
  }

  private static Set<String> names(MasterEffect.Connect connect) {
    return connect.all().map(Member::name).collect(Collectors.toSet());
  }

  /// A master without a log.
  static MasterFixture empty(String... followers) {
    return empty(settings -> settings, followers);
  }

  static MasterFixture empty(UnaryOperator<MasterSettings> change, String... followers) {
    return new MasterFixture(change.apply(settings(followers)), NOTHING, new MemoryLog());
  }

  /// A serving master whose clock begins at `now`.
  static MasterFixture startingAt(long now, String... followers) {
    return served(new MasterFixture(settings(followers), NOTHING, new MemoryLog(), now));
  }

  /// A master that starts with this log.
  static MasterFixture with(MemoryLog log, String... followers) {
    return with(log, settings -> settings, recovered -> recovered, followers);
  }

  static MasterFixture with(
      MemoryLog log,
      UnaryOperator<MasterSettings> change,
      UnaryOperator<RecoveredMaster> damage,
      String... followers) {
    RecoveredMaster recovered =
        new RecoveredMaster(log.end(), 0, null, LOG, null, null, List.of(), null);
    return new MasterFixture(change.apply(settings(followers)), damage.apply(recovered), log);
  }

  /// A master that starts with this log, of which the entries `first` to `last` cannot be read.
  static MasterFixture damaged(MemoryLog whole, long first, long last, String... followers) {
    MemoryLog usable = new MemoryLog();
    usable.write(whole.behind(0).subList(0, (int) first - 1));
    MasterFixture fixture =
        new MasterFixture(
            settings(followers),
            new RecoveredMaster(
                usable.end(),
                0,
                null,
                LOG,
                null,
                "damaged",
                List.of(new Hole(first, last, "checksum")),
                null),
            usable);
    fixture.behindHole = whole.behind(last);
    fixture.lastMissing = last;
    return fixture;
  }

  /// A serving master of a new log whose followers have answered and hold nothing.
  static MasterFixture serving(String... followers) {
    return serving(settings -> settings, followers);
  }

  static MasterFixture serving(UnaryOperator<MasterSettings> change, String... followers) {
    return served(empty(change, followers));
  }

  private static MasterFixture served(MasterFixture fixture) {
    fixture.tick();
    fixture.followers.values().forEach(FakeFollower::answersHeartbeat);
    fixture.followers.values().forEach(FakeFollower::promises);
    fixture.followers.values().forEach(FakeFollower::acknowledgesProbe);
    return fixture;
  }

  static MasterSettings settings(String... followers) {
    return MasterSettings.defaults(
        "replog", START, members(followers), FsyncMode.ALWAYS, false, false, 64 << 20);
  }

  static List<Member> members(String... names) {
    return Arrays.stream(names).map(MasterFixture::member).toList();
  }

  static Member member(String name) {
    return Member.eager(name, "http://" + name + ":6062");
  }

  static MasterSettings withQuorum(MasterSettings s) {
    return new MasterSettings(
        s.clusterId(),
        s.startId(),
        s.followers(),
        s.fsync(),
        true,
        s.bootstrapAlone(),
        s.standingsNanos(),
        s.bootstrapNanos(),
        s.heartbeatNanos(),
        s.maxUndurableEntries(),
        s.maxUndurableBytes(),
        s.window(),
        s.maxWindow(),
        s.maxInFlightBytes(),
        s.maxBatchEntries(),
        s.maxBatchBytes(),
        s.idempotencyEntries());
  }

  static MasterSettings bounded(MasterSettings s, int maxUndurable, int maxBatchEntries) {
    return new MasterSettings(
        s.clusterId(),
        s.startId(),
        s.followers(),
        s.fsync(),
        s.quorumAppend(),
        s.bootstrapAlone(),
        s.standingsNanos(),
        s.bootstrapNanos(),
        s.heartbeatNanos(),
        maxUndurable,
        s.maxUndurableBytes(),
        s.window(),
        s.maxWindow(),
        s.maxInFlightBytes(),
        maxBatchEntries,
        s.maxBatchBytes(),
        s.idempotencyEntries());
  }

  FakeFollower follower(String name) {
    return followers.get(name);
  }

  void diskIsSlow() {
    durableAtOnce = false;
  }

  void becomesDurable() {
    step(new MasterInput.Durable(log.end().index()));
  }

  private static WriteConcern count(int nodes) {
    return new WriteConcern.Count(nodes);
  }

  long add(String text, WriteConcern concern) {
    call++;
    step(new MasterInput.Add(call, null, text, concern, 5_000, 0));
    return call;
  }

  long add(String text, int requiredNodes) {
    return add(null, text, requiredNodes, Duration.ZERO);
  }

  long add(String key, String text, int requiredNodes) {
    return add(key, text, requiredNodes, Duration.ZERO);
  }

  long addTransaction(String key, String text, int requiredNodes) {
    call++;
    step(
        new MasterInput.Add(
            call, EntryKind.TRANSACTION, key, text, count(requiredNodes), 5_000, 0));
    return call;
  }

  long add(String key, String text, int requiredNodes, Duration timeout) {
    call++;
    step(new MasterInput.Add(call, key, text, count(requiredNodes), 5_000, timeout.toNanos()));
    return call;
  }

  long addAll(List<MasterInput.Message> messages, int requiredNodes, Duration timeout) {
    call++;
    step(new MasterInput.AddAll(call, messages, count(requiredNodes), 5_000, timeout.toNanos()));
    return call;
  }

  /// How far a bulk add came. Fails unless it was told exactly once.
  Taken takenOf(long bulk) {
    List<Taken> told =
        all(MasterEffect.Took.class).stream()
            .filter(took -> took.call() == bulk)
            .map(MasterEffect.Took::taken)
            .toList();
    if (told.size() != 1) {
      throw new AssertionError("told " + told);
    }
    return told.getFirst();
  }

  long waitForAcks(long index, int requiredNodes, Duration timeout) {
    call++;
    step(new MasterInput.WaitForAcks(call, index, requiredNodes, timeout.toNanos()));
    return call;
  }

  long adopt(String... without) {
    call++;
    step(new MasterInput.Adopt(call, Set.of(without)));
    return call;
  }

  long join(Member member, Duration timeout) {
    call++;
    step(new MasterInput.Join(call, member, 5_000, timeout.toNanos()));
    return call;
  }

  long leave(String name) {
    call++;
    step(new MasterInput.Leave(call, name, 5_000, Duration.ofSeconds(5).toNanos()));
    return call;
  }

  /// How a join or a leave ended, null while it waits. Fails when it was answered twice.
  MemberOutcome changeOf(long change) {
    List<MemberOutcome> outcomes =
        all(MasterEffect.AnswerMembers.class).stream()
            .filter(answer -> answer.call() == change)
            .map(MasterEffect.AnswerMembers::outcome)
            .toList();
    if (outcomes.size() > 1) {
      throw new AssertionError("answered twice: " + outcomes);
    }
    return outcomes.isEmpty() ? null : outcomes.getFirst();
  }

  private void connected(String name) {
    followers.computeIfAbsent(name, FakeFollower::new);
  }

  /// How an add ended, null while it waits. Fails when it was answered twice.
  AddOutcome outcomeOf(long add) {
    List<AddOutcome> outcomes =
        all(MasterEffect.AnswerAdd.class).stream()
            .filter(answer -> answer.call() == add)
            .map(MasterEffect.AnswerAdd::outcome)
            .toList();
    if (outcomes.size() > 1) {
      throw new AssertionError("answered twice: " + outcomes);
    }
    return outcomes.isEmpty() ? null : outcomes.getFirst();
  }

  boolean isMet(long add) {
    return outcomeOf(add) instanceof AddOutcome.Met;
  }

  AddOutcome.AddRefusal refusalOf(long add) {
    return outcomeOf(add) instanceof AddOutcome.Refused refused ? refused.refusal() : null;
  }

  MasterView view() {
    return core.view(now);
  }

  MasterView.FollowerView viewOf(String follower) {
    return view().followers().stream()
        .filter(each -> each.name().equals(follower))
        .findFirst()
        .orElseThrow();
  }

  void tick() {
    step(new MasterInput.Tick());
  }

  /// Lets time pass; the core is called whenever it asks for it.
  void passes(Duration duration) {
    long end = now + duration.toNanos();
    while (core.nextDeadlineNanos() <= end) {
      now = Math.max(now, core.nextDeadlineNanos());
      tick();
    }
    now = end;
  }

  /// Lets time pass while these followers, and no others, answer every heartbeat at once.
  void passesWithHeartbeats(Duration duration, String... answering) {
    long end = now + duration.toNanos();
    while (core.nextDeadlineNanos() <= end) {
      now = Math.max(now, core.nextDeadlineNanos());
      tick();
      for (String name : answering) {
        follower(name).answersHeartbeat();
      }
    }
    now = end;
  }

  void step(MasterInput input) {
    for (MasterEffect effect : core.step(input, now)) {
      effects.add(effect);
      carryOut(effect);
    }
  }

  <E extends MasterEffect> List<E> all(Class<E> type) {
    return effects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  <E extends MasterEvent> List<E> events(Class<E> type) {
    return all(MasterEffect.Happened.class).stream()
        .map(MasterEffect.Happened::event)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private void carryOut(MasterEffect effect) {
    switch (effect) {
      case MasterEffect.Write write -> written(write);
      case MasterEffect.PersistPromise promise ->
          step(new MasterInput.PromisePersisted(promise.promise()));
      case MasterEffect.Send send -> linked(send.follower()).receives(send);
      case MasterEffect.Beat beat -> linked(beat.follower()).lastBeat = beat;
      case MasterEffect.Connect connect -> {
        links = names(connect);
        links.forEach(this::connected);
      }
      case MasterEffect.Pull pull -> linked(pull.follower());
      case MasterEffect.PersistCommit _,
          MasterEffect.Begin _,
          MasterEffect.Release _,
          MasterEffect.BeginAnew _,
          MasterEffect.AnswerAdd _,
          MasterEffect.Took _,
          MasterEffect.AnswerWait _,
          MasterEffect.AnswerAdopt _,
          MasterEffect.AnswerMembers _,
          MasterEffect.Happened _ -> {}
    }
  }

  private FakeFollower linked(String follower) {
    if (!links.contains(follower)) {
      throw new AssertionError("nothing connects to " + follower + ", but to " + links);
    }
    return follower(follower);
  }

  private void written(MasterEffect.Write write) {
    log.write(write.entries());
    if (log.end().index() == lastMissing) {
      log.write(behindHole);
      behindHole = List.of();
    }
    if (durableAtOnce) {
      becomesDurable();
    }
  }

  /// A follower whose every word is said by the test.
  final class FakeFollower {

    /// What each batch counts on its way.
    long batchBytes = 10;

    final String name;
    String incarnation;
    String logId;
    long promisedEpoch;
    Position position = Position.START;
    Duration delay = Duration.ZERO;
    FollowerFault fault;
    MasterEffect.Beat lastBeat;
    final List<MasterEffect.Send> sends = new ArrayList<>();

    private FakeFollower(String name) {
      this.name = name;
      this.incarnation = name + "-disk";
    }

    MasterEffect.Send lastSend() {
      return sends.getLast();
    }

    int sent() {
      return sends.size();
    }

    FakeFollower holds(String ofLog, Position end) {
      logId = ofLog;
      position = end;
      return this;
    }

    void isWiped() {
      incarnation += "'";
      logId = null;
      promisedEpoch = 0;
      position = Position.START;
    }

    void promises() {
      logId = core.view(now).logId();
      promisedEpoch = core.view(now).epoch();
    }

    void answersHeartbeat() {
      answersHeartbeat(lastBeat.beat(), standing());
    }

    void answersHeartbeat(long beat, Standing standing) {
      step(new MasterInput.HeartbeatAnswered(name, beat, standing));
    }

    /// Says that everything up to `index` of the master's log is durable here.
    void acknowledges(long index) {
      promises();
      position = log.positionAt(index);
      acknowledges(sendThatEndsWith(index).batch(), standing());
    }

    /// The oldest request with entries that ends with `index`, else the last one of all.
    private MasterEffect.Send sendThatEndsWith(long index) {
      return sends.stream()
          .filter(send -> send.upTo() > send.previous().index())
          .filter(send -> lastIndexIn(send) == index)
          .findFirst()
          .orElseGet(this::lastSend);
    }

    void acknowledges(long batch, Standing standing) {
      step(new MasterInput.Acknowledged(name, batch, standing));
    }

    void acknowledgesProbe() {
      acknowledges(position.index());
    }

    void refuses(RefusalReason reason) {
      step(new MasterInput.Refused(name, lastSend().batch(), reason, standing()));
    }

    void failsSend() {
      failsSend(SendFailure.UNREACHED);
    }

    void failsSend(SendFailure kind) {
      step(new MasterInput.SendFailed(name, lastSend().batch(), kind, kind + ""));
    }

    void losesPull() {
      step(new MasterInput.PullFailed(name, "reset", false));
    }

    void refusesPull() {
      step(new MasterInput.PullFailed(name, "another history", true));
    }

    void gives(MemoryLog source, long behind) {
      step(new MasterInput.Pulled(name, source.behind(behind)));
    }

    Standing standing() {
      return new Standing(
          name,
          incarnation,
          logId,
          promisedEpoch,
          position,
          delay.toMillis(),
          FsyncMode.ALWAYS,
          fault,
          fault == null ? null : "it is " + fault);
    }

    private void receives(MasterEffect.Send send) {
      sends.add(send);
      step(new MasterInput.BatchSent(name, send.batch(), lastIndexIn(send), batchBytes));
    }

    private static long lastIndexIn(MasterEffect.Send send) {
      return Math.min(send.upTo(), send.previous().index() + send.maxEntries());
    }
  }
}
