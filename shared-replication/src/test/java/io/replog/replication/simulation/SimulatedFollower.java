package io.replog.replication.simulation;

import io.replog.model.Entry;
import io.replog.model.HeartbeatRequest;
import io.replog.model.Position;
import io.replog.model.Promise;
import io.replog.model.ReplicateRequest;
import io.replog.model.Standing;
import io.replog.replication.LogView;
import io.replog.replication.follower.FollowerAnswer;
import io.replog.replication.follower.FollowerCore;
import io.replog.replication.follower.FollowerEffect;
import io.replog.replication.follower.FollowerEvent;
import io.replog.replication.follower.FollowerInput;
import io.replog.replication.follower.FollowerSettings;
import io.replog.replication.follower.FollowerView;
import io.replog.replication.follower.RecoveredFollower;
import io.replog.replication.simulation.SimulatedNetwork.Arrival;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A follower: the real core in a simulated process.
final class SimulatedFollower extends SimulatedNode {

  /// What a pull brings: entries behind the asker's end, or null where the asker's end is not in
  /// this log.
  ///
  /// @param entries null when nothing fits
  /// @param base the entry before the first one kept, where the master has none yet; null elsewhere
  record PullAnswer(@Nullable List<Entry> entries, @Nullable Position base) {}

  private record OpenCall(Arrival<FollowerAnswer> arrival, @Nullable ReplicateRequest request) {}

  private final Map<Long, OpenCall> calls = new HashMap<>();
  private @Nullable FollowerCore core;
  private @Nullable FollowerView view;
  private long delayNanos;
  private long lastCall;

  /// What the last batch claimed to come behind; only sabotage looks at it.
  private Position lastPrevious = Position.START;

  SimulatedFollower(
      SimulatedCluster cluster, String name, long delayNanos, RandomGenerator random) {
    super(cluster, name, random);
    this.delayNanos = delayNanos;
  }

  @Override
  void boot() {
    SimulatedDisk disk = disk();
    Promise promise = disk.promise();
    String logId = disk.entriesLogId();
    if (logId == null && promise != null) {
      logId = promise.logId();
    }
    core =
        new FollowerCore(
            settings(),
            new RecoveredFollower(disk.end(), disk.commitIndex(), promise, logId, disk.holes()),
            cluster.plan().sabotage() == Sabotage.CHAINS_IGNORED
                ? new CredulousView()
                : disk.asReader(),
            clock.nowNanos());
    cluster.invariants().onStart(this);
    observe();
  }

  private FollowerSettings settings() {
    return new FollowerSettings(
        name(),
        SimulatedCluster.CLUSTER_ID,
        disk().incarnation(),
        cluster.newId("log"),
        cluster.plan().fsync(),
        delayNanos,
        1_000_000_000L,
        cluster.plan().maxHeldEntries(),
        8L << 20);
  }

  void delay(long nanos) {
    delayNanos = nanos;
    inProcess(process(), () -> step(new FollowerInput.DelayChanged(nanos)));
  }

  long delayNanos() {
    return delayNanos;
  }

  /// A batch has arrived.
  void replicate(ReplicateRequest request, Arrival<FollowerAnswer> arrival) {
    ReplicateRequest told =
        cluster.plan().sabotage() == Sabotage.EPOCHS_IGNORED ? forge(request) : request;
    lastPrevious = told.previous();
    long call = open(arrival, told);
    step(new FollowerInput.Replicate(call, told));
  }

  /// A heartbeat has arrived.
  void heartbeat(HeartbeatRequest request, Arrival<FollowerAnswer> arrival) {
    long call = open(arrival, null);
    step(new FollowerInput.Heartbeat(call, request));
  }

  /// Somebody wants the durable entries behind `own`. This never reaches the core.
  void entriesBehind(Position own, Arrival<PullAnswer> arrival) {
    SimulatedDisk disk = disk();
    if (!disk.holds(disk.entriesLogId(), own)) {
      arrival.answer(new PullAnswer(null, null));
      return;
    }
    if (own.index() == 0 && disk.base().index() > 0) {
      arrival.answer(new PullAnswer(List.of(), disk.base()));
      return;
    }
    long last = Math.min(disk.held(), own.index() + 1 + random.nextInt(40));
    try {
      List<Entry> behind = new ArrayList<>();
      for (long index = own.index() + 1; index <= last; index++) {
        behind.add(disk.read(index));
      }
      arrival.answer(new PullAnswer(behind, null));
    } catch (SimulatedDisk.Damaged _) {
      findDamage();
    }
  }

  private long open(Arrival<FollowerAnswer> arrival, @Nullable ReplicateRequest request) {
    long call = ++lastCall;
    calls.put(call, new OpenCall(arrival, request));
    arrival.whenLeft(
        () -> {
          calls.put(call, new OpenCall(arrival, null));
          step(new FollowerInput.Cancel(call));
        });
    return call;
  }

  private ReplicateRequest forge(ReplicateRequest r) {
    Promise promise = disk().promise();
    return promise == null
        ? r
        : new ReplicateRequest(
            r.clusterId(),
            r.logId(),
            promise.epoch(),
            promise.startId(),
            r.previous(),
            r.entries(),
            r.durableIndex(),
            r.commitIndex());
  }

  @Override
  long nextDeadlineNanos() {
    return core().nextDeadlineNanos();
  }

  @Override
  void tick() {
    step(new FollowerInput.Tick());
  }

  @Override
  void stepDurable(long index) {
    step(new FollowerInput.Durable(index));
  }

  @Override
  void stepPromisePersisted(Promise promise) {
    step(new FollowerInput.PromisePersisted(promise));
  }

  @Override
  void stepLogFailed() {
    step(new FollowerInput.LogFailed("force failed"));
  }

  @Override
  void stepDamaged() {
    step(new FollowerInput.LogFailed("a record is damaged"));
  }

  @Override
  void stepReleased(Position base) {
    cluster.coverage().count(Covered.FOLLOWER_RELEASES);
  }

  @Override
  void stepDoesNotJoin() {
    step(new FollowerInput.DoesNotJoin("does not join"));
  }

  @Override
  void stepStop() {
    step(new FollowerInput.Stop());
    calls.values().removeIf(call -> call.request() == null);
    if (!calls.isEmpty()) {
      throw new InvariantViolated("a stop answers every call", name() + " left " + calls.keySet());
    }
  }

  @Override
  void stepDiskFull(boolean full) {
    step(new FollowerInput.DiskFull(full));
  }

  @Override
  void lostOnPowerCut(long entries) {}

  @Override
  void dropCalls() {
    calls.clear();
  }

  private void step(FollowerInput input) {
    trace("<", input);
    int present = process();
    List<FollowerEffect> effects;
    try {
      effects = core().step(input, clock.nowNanos());
    } catch (SimulatedDisk.Damaged _) {
      openAnew("reads damage");
      return;
    }
    for (FollowerEffect effect : effects) {
      if (present == process()) {
        carryOut(effect);
      }
    }
    if (present == process()) {
      observe();
      planTick();
    }
  }

  private void carryOut(FollowerEffect effect) {
    if (!(effect instanceof FollowerEffect.Happened)) {
      trace(">", effect);
    }
    switch (effect) {
      case FollowerEffect.Write write -> disk().append(write.logId(), write.entries());
      case FollowerEffect.PersistPromise persist -> disk().persist(persist.promise());
      case FollowerEffect.Begin begin -> disk().begin(begin.logId(), begin.base());
      case FollowerEffect.Release release -> release(release.index());
      case FollowerEffect.PersistCommit commit -> disk().hintCommit(commit.commitIndex());
      case FollowerEffect.Answer answer -> answer(answer.call(), answer.answer());
      case FollowerEffect.Happened happened -> count(happened.event());
    }
  }

  /// As far as whole segments allow.
  private void release(long index) {
    cluster.invariants().onRelease(this, index);
    disk().release(index - random.nextLong(index - disk().base().index() + 1));
  }

  private void answer(long callNumber, FollowerAnswer answer) {
    OpenCall call = calls.remove(callNumber);
    if (call == null) {
      throw new InvariantViolated("every call is answered once", name() + " answers " + callNumber);
    }
    cluster.invariants().onFollowerAnswer(this, call.request(), answer);
    call.arrival().answer(disguise(answer));
  }

  /// What goes on the wire: the answer, unless sabotage has made this node lie about its end.
  private FollowerAnswer disguise(FollowerAnswer answer) {
    if (!(answer instanceof FollowerAnswer.Accepted(Standing standing))) {
      return answer;
    }
    return switch (cluster.plan().sabotage()) {
      case CHAINS_IGNORED ->
          standingAt(standing, cluster.positionWanted(this, standing.position()));
      case HOLED_ACKS_COUNTED ->
          disk().hasHoles() ? standingAt(standing, disk().endBehindHoles()) : answer;
      default -> answer;
    };
  }

  private static FollowerAnswer standingAt(Standing s, Position position) {
    return new FollowerAnswer.Accepted(
        new Standing(
            s.node(),
            s.incarnation(),
            s.logId(),
            s.promisedEpoch(),
            position,
            s.delayMillis(),
            s.fsync(),
            s.fault(),
            s.error()));
  }

  private void count(FollowerEvent event) {
    switch (event) {
      case FollowerEvent.Skipped _ -> cluster.coverage().count(Covered.BATCHES_SKIPPED);
      case FollowerEvent.HeldAhead _ -> cluster.coverage().count(Covered.BATCHES_HELD);
      default -> {}
    }
  }

  private void observe() {
    view = core().view(clock.nowNanos());
    cluster.invariants().onFollowerView(this, view);
  }

  /// How the follower stood after its last step.
  FollowerView view() {
    if (view == null) {
      throw new IllegalStateException(name() + " has not been started");
    }
    return view;
  }

  private FollowerCore core() {
    if (core == null) {
      throw new IllegalStateException(name() + " has not been started");
    }
    return core;
  }

  /// A log that agrees with whatever position was asked for last.
  private final class CredulousView implements LogView {

    @Override
    public Position positionAt(long index) {
      return index == lastPrevious.index() ? lastPrevious : disk().positionAt(index);
    }

    @Override
    public Entry entryAt(long index) {
      return disk().entryAt(index);
    }
  }
}
