package io.replog.replication.simulation;

import io.replog.model.Entry;
import io.replog.model.EntryKind;
import io.replog.model.Member;
import io.replog.model.Membership;
import io.replog.model.Position;
import io.replog.model.Promise;
import io.replog.model.ReplicateRequest;
import io.replog.model.Standing;
import io.replog.model.WireEntry;
import io.replog.model.WriteConcern;
import io.replog.replication.follower.FollowerAnswer;
import io.replog.replication.master.AddOutcome;
import io.replog.replication.master.AdoptOutcome;
import io.replog.replication.master.MasterCore;
import io.replog.replication.master.MasterEffect;
import io.replog.replication.master.MasterEvent;
import io.replog.replication.master.MasterInput;
import io.replog.replication.master.MasterPhase;
import io.replog.replication.master.MasterSettings;
import io.replog.replication.master.MasterView;
import io.replog.replication.master.MemberOutcome;
import io.replog.replication.master.RecoveredMaster;
import io.replog.replication.master.SendFailure;
import io.replog.replication.master.Taken;
import io.replog.replication.simulation.SimulatedFollower.PullAnswer;
import io.replog.replication.simulation.SimulatedNetwork.Arrival;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A master: the real core in a simulated process.
final class SimulatedMaster extends SimulatedNode {

  /// What a client asks of the master.
  record AddRequest(@Nullable String key, String text, int requiredNodes, long timeoutNanos) {}

  /// How a wait ended.
  record WaitAnswer(int acks, boolean met) {}

  /// What a client asks of the master all at once; the requests differ in key and text only.
  record BulkRequest(List<AddRequest> requests) {
    BulkRequest {
      requests = List.copyOf(requests);
    }
  }

  /// How a bulk add ended.
  ///
  /// @param outcome of the last message taken; the refusal when none was
  record BulkAnswer(Taken taken, AddOutcome outcome) {}

  private record OpenAdd(Arrival<AddOutcome> arrival, AddRequest request) {}

  private record OpenBulk(Arrival<BulkAnswer> arrival, BulkRequest bulk, @Nullable Taken taken) {}

  private record OpenWait(Arrival<WaitAnswer> arrival, long index) {}

  private static final long CHANGE_TIMEOUT_NANOS = 8_000_000_000L;
  private static final long PULL_TIMEOUT_NANOS = 2_000_000_000L;
  private static final long MAX_READ_NANOS = 300_000;
  private static final int ENTRY_OVERHEAD_BYTES = 48;

  private final Map<Long, OpenAdd> adds = new HashMap<>();
  private final Map<Long, OpenBulk> bulks = new HashMap<>();
  private final Map<Long, OpenWait> waits = new HashMap<>();
  private final Map<Long, Arrival<AdoptOutcome>> adoptions = new HashMap<>();
  private final Map<Long, Arrival<MemberOutcome>> changes = new HashMap<>();

  /// Who belongs to the cluster, by what the last entry written here says.
  private List<Member> membership = List.of();

  /// Who the core has connections to.
  private Set<String> links = Set.of();

  private @Nullable MasterCore core;
  private @Nullable MasterView view;
  private String startId = "";
  private long lastCall;
  private boolean damaged;

  SimulatedMaster(SimulatedCluster cluster, String name, RandomGenerator random) {
    super(cluster, name, random);
  }

  @Override
  void boot() {
    SimulatedDisk disk = disk();
    Promise promise = disk.promise();
    startId = cluster.newId("start");
    MasterSettings settings = cluster.plan().masterSettings(startId, cluster.configuredMembers());
    Entry lastMembership = lastMembership(disk);
    membership = lastMembership == null ? settings.followers() : membersIn(lastMembership);
    core =
        new MasterCore(
            settings,
            new RecoveredMaster(
                disk.end(),
                disk.commitIndex(),
                promise,
                promise == null ? null : promise.logId(),
                promise == null ? disk.entriesLogId() : null,
                damaged ? "cut a torn tail" : null,
                disk.holes(),
                cluster.plan().sabotage() == Sabotage.MEMBERS_FORGOTTEN ? null : lastMembership),
            disk.asReader(),
            cluster.newBackoff(),
            clock.nowNanos());
    links = names(core.connections());
    damaged = false;
    if (cluster.plan().sabotage() != Sabotage.KEYS_FORGOTTEN) {
      disk.kept().forEach(core::remember);
    }
    cluster.invariants().onMasterStart(this, startId);
    observe();
  }

  private static @Nullable Entry lastMembership(SimulatedDisk disk) {
    Entry last = null;
    for (Entry entry : disk.kept()) {
      last = entry.kind() == EntryKind.MEMBERSHIP ? entry : last;
    }
    return last;
  }

  private static List<Member> membersIn(Entry entry) {
    return Membership.of(entry.text()).members();
  }

  /// Who belongs to the cluster beside this master, by what its disk says.
  List<Member> membership() {
    return membership;
  }

  /// Some power cuts leave a torn record behind the end of the log, which the next start cuts.
  @Override
  void lostOnPowerCut(long entries) {
    damaged = entries > 0 && random.nextBoolean();
  }

  String startId() {
    return startId;
  }

  /// How the master stood after its last step.
  MasterView view() {
    if (view == null) {
      throw new IllegalStateException(name() + " has not been started");
    }
    return view;
  }

  boolean serves() {
    return running() && view().phase() == MasterPhase.SERVING;
  }

  /// Adds and waits that have not been answered.
  int openCalls() {
    return adds.size() + bulks.size() + waits.size() + changes.size();
  }

  /// An add has arrived.
  void add(AddRequest request, Arrival<AddOutcome> arrival) {
    long call = ++lastCall;
    adds.put(call, new OpenAdd(arrival, request));
    arrival.whenLeft(
        () -> {
          adds.remove(call);
          step(new MasterInput.Cancel(call));
        });
    cluster.invariants().onAddArrives(request);
    step(
        new MasterInput.Add(
            call,
            request.key(),
            request.text(),
            new WriteConcern.Count(request.requiredNodes()),
            1_800_000_000_000L + clock.nowNanos() / 1_000_000,
            request.timeoutNanos()));
  }

  /// A bulk add has arrived.
  void addAll(BulkRequest bulk, Arrival<BulkAnswer> arrival) {
    long call = ++lastCall;
    bulks.put(call, new OpenBulk(arrival, bulk, null));
    arrival.whenLeft(
        () -> {
          bulks.remove(call);
          step(new MasterInput.Cancel(call));
        });
    AddRequest first = bulk.requests().getFirst();
    bulk.requests().forEach(cluster.invariants()::onAddArrives);
    step(
        new MasterInput.AddAll(
            call,
            bulk.requests().stream()
                .map(each -> new MasterInput.Message(each.key(), each.text()))
                .toList(),
            new WriteConcern.Count(first.requiredNodes()),
            1_800_000_000_000L + clock.nowNanos() / 1_000_000,
            first.timeoutNanos()));
  }

  /// A reader wants to know when `index` is held by that many.
  void waitForAcks(long index, int requiredNodes, long timeoutNanos, Arrival<WaitAnswer> arrival) {
    long call = ++lastCall;
    waits.put(call, new OpenWait(arrival, index));
    step(new MasterInput.WaitForAcks(call, index, requiredNodes, timeoutNanos));
  }

  /// An operator wants a follower's log adopted.
  void adopt(Arrival<AdoptOutcome> arrival) {
    long call = ++lastCall;
    adoptions.put(call, arrival);
    step(new MasterInput.Adopt(call, Set.of()));
  }

  /// An operator wants somebody to belong to the cluster.
  void join(Member member, Arrival<MemberOutcome> arrival) {
    long call = ++lastCall;
    changes.put(call, arrival);
    step(new MasterInput.Join(call, member, 1, CHANGE_TIMEOUT_NANOS));
  }

  /// An operator lets somebody go.
  void leave(String name, Arrival<MemberOutcome> arrival) {
    long call = ++lastCall;
    changes.put(call, arrival);
    step(new MasterInput.Leave(call, name, 1, CHANGE_TIMEOUT_NANOS));
  }

  @Override
  long nextDeadlineNanos() {
    return core().nextDeadlineNanos();
  }

  @Override
  void tick() {
    step(new MasterInput.Tick());
  }

  @Override
  void stepDurable(long index) {
    step(new MasterInput.Durable(index));
  }

  @Override
  void stepPromisePersisted(Promise promise) {
    step(new MasterInput.PromisePersisted(promise));
  }

  @Override
  void stepLogFailed() {
    step(new MasterInput.LogFailed("force failed"));
  }

  @Override
  void stepDamaged() {
    step(new MasterInput.Damaged("a record is damaged"));
    if (openCalls() > 0) {
      throw new InvariantViolated(
          "damage answers every call", name() + " left " + adds + bulks + waits);
    }
  }

  @Override
  void stepReleased(Position base) {
    cluster.coverage().count(Covered.RELEASES);
    step(new MasterInput.Released(base));
  }

  /// The log has grown beyond its retention: up to some segment's end it is to go.
  void releaseSome() {
    if (!serves() || paused()) {
      return;
    }
    boolean regardless = cluster.plan().sabotage() == Sabotage.RELEASED_REGARDLESS;
    long most = regardless ? disk().held() : view().releasableIndex();
    long index =
        disk().base().index() + random.nextLong(Math.max(1, most - disk().base().index() + 1));
    if (regardless) {
      release(index);
    } else {
      step(new MasterInput.Release(disk().positionAt(index)));
    }
  }

  private void release(long index) {
    cluster.invariants().onRelease(this, index);
    disk().release(index);
  }

  @Override
  void stepDoesNotJoin() {
    step(new MasterInput.DoesNotJoin("does not join"));
  }

  @Override
  void stepStop() {
    step(new MasterInput.Stop());
    if (openCalls() > 0) {
      throw new InvariantViolated(
          "a stop answers every call", name() + " left " + adds + bulks + waits);
    }
  }

  @Override
  void stepDiskFull(boolean full) {
    step(new MasterInput.DiskFull(full));
  }

  @Override
  void dropCalls() {
    adds.clear();
    bulks.clear();
    waits.clear();
    adoptions.clear();
    changes.clear();
  }

  private void step(MasterInput input) {
    trace("<", input);
    int present = process();
    List<MasterEffect> effects;
    try {
      effects = core().step(input, clock.nowNanos());
    } catch (SimulatedDisk.Damaged _) {
      openAnew("reads damage");
      return;
    }
    for (MasterEffect effect : effects) {
      if (present == process()) {
        carryOut(effect);
      }
    }
    if (present == process()) {
      observe();
      planTick();
    }
  }

  private void observe() {
    view = core().view(clock.nowNanos());
    cluster.invariants().onMasterView(this, view);
  }

  private static Set<String> names(MasterEffect.Connect connect) {
    return connect.all().map(Member::name).collect(Collectors.toSet());
  }

  private void requireLink(String follower) {
    if (!links.contains(follower)) {
      throw new InvariantViolated(
          "a core speaks only to those it is connected to", follower + " is not of " + links);
    }
  }

  private void carryOut(MasterEffect effect) {
    if (!(effect instanceof MasterEffect.Happened)) {
      trace(">", effect);
    }
    switch (effect) {
      case MasterEffect.Write write -> write(write);
      case MasterEffect.PersistPromise persist -> disk().persist(persist.promise());
      case MasterEffect.PersistCommit commit -> disk().hintCommit(commit.commitIndex());
      case MasterEffect.Begin begin -> disk().begin(begin.logId(), begin.base());
      case MasterEffect.Release release -> release(release.index());
      case MasterEffect.Send send -> {
        requireLink(send.follower());
        sendLater(send);
      }
      case MasterEffect.Beat beat -> {
        requireLink(beat.follower());
        beat(beat);
      }
      case MasterEffect.Pull pull -> {
        requireLink(pull.follower());
        pull(pull);
      }
      case MasterEffect.BeginAnew _ -> {
        cluster.coverage().count(Covered.MASTERS_HEALED);
        openAnew("is whole again");
      }
      case MasterEffect.AnswerAdd answer -> answerAdd(answer);
      case MasterEffect.Took took -> took(took);
      case MasterEffect.AnswerWait answer -> answerWait(answer);
      case MasterEffect.AnswerAdopt answer -> answerAdopt(answer);
      case MasterEffect.Connect connect -> links = names(connect);
      case MasterEffect.AnswerMembers answer -> answerChange(answer);
      case MasterEffect.Happened happened -> count(happened.event());
    }
  }

  private void write(MasterEffect.Write write) {
    disk().append(write.logId(), write.entries());
    for (Entry entry : write.entries()) {
      membership = entry.kind() == EntryKind.MEMBERSHIP ? membersIn(entry) : membership;
    }
  }

  /// The pipeline's thread takes over.
  private void sendLater(MasterEffect.Send send) {
    int present = process();
    long askedNanos = clock.nowNanos();
    clock.after(
        random.nextLong(MAX_READ_NANOS), () -> inProcess(present, () -> send(send, askedNanos)));
  }

  private void send(MasterEffect.Send send, long askedNanos) {
    if (random.nextDouble() < cluster.plan().readFailure()) {
      step(
          new MasterInput.SendFailed(
              send.follower(), send.batch(), SendFailure.FAILED, "log not readable"));
      return;
    }
    cluster.invariants().onSend(this, send);
    List<Entry> batch;
    try {
      batch = read(send);
    } catch (SimulatedDisk.Released released) {
      step(
          new MasterInput.SendFailed(
              send.follower(), send.batch(), SendFailure.FAILED, released.getMessage()));
      return;
    } catch (SimulatedDisk.Damaged _) {
      findDamage();
      return;
    }
    long bytes = batch.stream().mapToLong(SimulatedMaster::sizeOf).sum();
    long lastIndex = send.previous().index() + batch.size();
    SimulatedFollower follower = cluster.follower(send.follower());
    ReplicateRequest request =
        new ReplicateRequest(
            SimulatedCluster.CLUSTER_ID,
            send.logId(),
            send.epoch(),
            startId,
            send.previous(),
            batch.stream().map(WireEntry::of).toList(),
            send.durableIndex(),
            send.commitIndex());
    step(new MasterInput.BatchSent(send.follower(), send.batch(), lastIndex, bytes));
    cluster
        .network()
        .<FollowerAnswer>exchange(
            this,
            follower,
            send.timeoutNanos(),
            arrival -> follower.replicate(request, arrival),
            answer -> answered(send, answer, askedNanos),
            error ->
                step(
                    new MasterInput.SendFailed(
                        send.follower(), send.batch(), SendFailure.UNREACHED, error)));
  }

  private List<Entry> read(MasterEffect.Send send) {
    int from = (int) send.previous().index();
    int to = from;
    long bytes = 0;
    List<Entry> batch = new ArrayList<>();
    while (to < Math.min(send.upTo(), from + (long) send.maxEntries())) {
      Entry entry = disk().read(to + 1);
      bytes += sizeOf(entry);
      if (to > from && bytes > send.maxBytes()) {
        break;
      }
      batch.add(entry);
      to++;
    }
    return batch;
  }

  private static long sizeOf(Entry entry) {
    return (long) ENTRY_OVERHEAD_BYTES + entry.text().length();
  }

  private void answered(MasterEffect.Send send, FollowerAnswer answer, long askedNanos) {
    step(
        switch (answer) {
          case FollowerAnswer.Accepted(Standing standing) ->
              new MasterInput.Acknowledged(send.follower(), send.batch(), standing);
          case FollowerAnswer.Refused refused -> {
            countRefusal(refused);
            yield new MasterInput.Refused(
                send.follower(), send.batch(), refused.reason(), refused.standing());
          }
          case FollowerAnswer.Unknown unknown ->
              new MasterInput.SendFailed(
                  send.follower(), send.batch(), SendFailure.FAILED, unknown.detail());
          case FollowerAnswer.Held held ->
              throw new InvariantViolated("a batch is accepted or refused", held.toString());
        });
    cluster.invariants().onMasterLearns(this, send.follower(), answer.standing(), askedNanos);
  }

  private void countRefusal(FollowerAnswer.Refused refused) {
    switch (refused.reason()) {
      case GAP -> cluster.coverage().count(Covered.GAP_REFUSALS);
      case STALE_EPOCH -> cluster.coverage().count(Covered.STALE_EPOCH_REFUSALS);
      default -> {}
    }
  }

  private void beat(MasterEffect.Beat beat) {
    long askedNanos = clock.nowNanos();
    SimulatedFollower follower = cluster.follower(beat.follower());
    cluster
        .network()
        .<FollowerAnswer>exchange(
            this,
            follower,
            cluster.plan().heartbeatNanos(),
            arrival -> follower.heartbeat(beat.request(), arrival),
            answer -> {
              step(
                  new MasterInput.HeartbeatAnswered(
                      beat.follower(), beat.beat(), answer.standing()));
              cluster
                  .invariants()
                  .onMasterLearns(this, beat.follower(), answer.standing(), askedNanos);
            },
            error -> step(new MasterInput.HeartbeatFailed(beat.follower(), beat.beat(), error)));
  }

  private void pull(MasterEffect.Pull pull) {
    SimulatedFollower follower = cluster.follower(pull.follower());
    cluster
        .network()
        .<PullAnswer>exchange(
            this,
            follower,
            PULL_TIMEOUT_NANOS,
            arrival -> follower.entriesBehind(pull.own(), arrival),
            answer ->
                step(
                    answer.base() == null
                        ? pulled(pull.follower(), answer.entries())
                        : new MasterInput.PulledBase(pull.follower(), answer.base())),
            error -> step(new MasterInput.PullFailed(pull.follower(), error, false)));
  }

  private MasterInput pulled(String follower, @Nullable List<Entry> entries) {
    if (entries == null) {
      return new MasterInput.PullFailed(follower, "another history", true);
    }
    cluster.coverage().count(Covered.ENTRIES_PULLED, entries.size());
    return new MasterInput.Pulled(follower, entries);
  }

  private void took(MasterEffect.Took took) {
    OpenBulk open = bulks.remove(took.call());
    if (open == null || open.taken() != null) {
      throw new InvariantViolated("every call is answered once", name() + " " + took);
    }
    Taken taken = took.taken();
    cluster.invariants().onTaken(this, open.bulk(), taken);
    if (taken.count() == 0) {
      open.arrival().answer(new BulkAnswer(taken, Objects.requireNonNull(taken.stopped())));
    } else {
      bulks.put(took.call(), new OpenBulk(open.arrival(), open.bulk(), taken));
    }
  }

  private void answerBulk(OpenBulk open, AddOutcome outcome) {
    Taken taken = Objects.requireNonNull(open.taken(), "answered before it was taken");
    cluster.invariants().onBulkAnswer(this, open.bulk(), taken, outcome);
    open.arrival().answer(new BulkAnswer(taken, outcome));
  }

  private void answerAdd(MasterEffect.AnswerAdd answer) {
    OpenBulk bulk = bulks.remove(answer.call());
    if (bulk != null) {
      answerBulk(bulk, answer.outcome());
      return;
    }
    OpenAdd add = adds.remove(answer.call());
    if (add == null) {
      throw new InvariantViolated("every call is answered once", name() + " " + answer);
    }
    cluster.invariants().onAddAnswer(this, add.request(), answer.outcome());
    add.arrival().answer(answer.outcome());
  }

  private void answerWait(MasterEffect.AnswerWait answer) {
    OpenWait wait = waits.remove(answer.call());
    if (wait == null) {
      throw new InvariantViolated("every call is answered once", name() + " " + answer);
    }
    cluster.invariants().onAcksTold(this, wait.index(), answer.acks());
    wait.arrival().answer(new WaitAnswer(answer.acks(), answer.met()));
  }

  private void answerAdopt(MasterEffect.AnswerAdopt answer) {
    Arrival<AdoptOutcome> arrival = adoptions.remove(answer.call());
    if (arrival == null) {
      throw new InvariantViolated("every call is answered once", name() + " " + answer);
    }
    if (answer.outcome() instanceof AdoptOutcome.Adopted) {
      cluster.coverage().count(Covered.ADOPTIONS);
    }
    arrival.answer(answer.outcome());
  }

  private void answerChange(MasterEffect.AnswerMembers answer) {
    Arrival<MemberOutcome> arrival = changes.remove(answer.call());
    if (arrival == null) {
      throw new InvariantViolated("every call is answered once", name() + " " + answer);
    }
    cluster.invariants().onChangeAnswer(this, answer.outcome());
    arrival.answer(answer.outcome());
  }

  private void count(MasterEvent event) {
    Coverage coverage = cluster.coverage();
    switch (event) {
      case MasterEvent.MembersChanged changed -> cluster.invariants().onMembersChanged(changed);
      case MasterEvent.Rested _ -> coverage.count(Covered.RESTS);
      case MasterEvent.Replayed _ -> coverage.count(Covered.REPLAYS);
      case MasterEvent.IncarnationChanged _ -> coverage.count(Covered.INCARNATIONS_NOTICED);
      case MasterEvent.QuorumChanged quorum when !quorum.writable() ->
          coverage.count(Covered.READ_ONLY_SPELLS);
      case MasterEvent.PhaseChanged phase when phase.after() == MasterPhase.FENCED ->
          coverage.count(Covered.FENCED_MASTERS);
      default -> {}
    }
  }

  private MasterCore core() {
    if (core == null) {
      throw new IllegalStateException(name() + " has not been started");
    }
    return core;
  }
}
