package io.replog.replication.simulation;

import io.replog.model.Entry;
import io.replog.model.EntryKind;
import io.replog.model.Member;
import io.replog.model.Position;
import io.replog.model.Promise;
import io.replog.model.ReplicateRequest;
import io.replog.model.Standing;
import io.replog.model.WriteConcern;
import io.replog.replication.follower.FollowerAnswer;
import io.replog.replication.follower.FollowerView;
import io.replog.replication.master.AddOutcome;
import io.replog.replication.master.MasterEffect;
import io.replog.replication.master.MasterEvent;
import io.replog.replication.master.MasterPhase;
import io.replog.replication.master.MasterView;
import io.replog.replication.master.MemberOutcome;
import io.replog.replication.master.Taken;
import io.replog.replication.simulation.SimulatedMaster.AddRequest;
import io.replog.replication.simulation.SimulatedMaster.BulkRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What must hold at every moment, checked against the disks themselves and not against what the
/// cores believe. The names C1 to C11 are those of the checker in the reliability notes.
final class Invariants {

  private record EpochOfLog(String logId, long epoch) {}

  private final SimulatedCluster cluster;
  private final Map<String, TrueLog> trueLogs = new HashMap<>();
  private final Attempts attempts = new Attempts();
  private final LostDisks lostDisks = new LostDisks();

  /// Last promise reported as persisted, for each incarnation.
  private final Map<String, Promise> promises = new HashMap<>();

  private final Map<EpochOfLog, String> epochOwners = new HashMap<>();
  private final Map<String, SimulatedDisk> diskOfStart = new HashMap<>();

  /// Highest index shown by each incarnation.
  private final Map<String, Long> shown = new HashMap<>();

  /// Highest commit index shown by each incarnation.
  private final Map<String, Long> shownCommit = new HashMap<>();

  /// Highest epoch that each incarnation has said to have promised.
  private final Map<String, Long> saidEpoch = new HashMap<>();

  /// Commit index with which the present process of a node began.
  private final Map<String, Long> bootCommit = new HashMap<>();

  /// Highest index of each log that survived the master's disk, between its wipe and the adoption.
  private @Nullable Map<String, Long> survivors;

  /// Highest index that a whole read of each disk has shown.
  private final Map<SimulatedDisk, Long> read = new IdentityHashMap<>();

  /// Highest index that each follower has ever held of each log, by name and log.
  private final Map<String, Long> everHeld = new HashMap<>();

  private boolean followerWiped;

  /// Who has ever left: what they lack does not matter any more, and what they held is not known.
  private final Set<String> leavers = new HashSet<>();

  /// The members before the last step of the master.
  private List<Member> membersBefore = List.of();

  Invariants(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  Attempts attempts() {
    return attempts;
  }

  /// What `logId` holds, as far as it was ever forced on a master.
  TrueLog trueLog(String logId) {
    return trueLogs.computeIfAbsent(logId, TrueLog::new);
  }

  void onMasterStart(SimulatedMaster master, String startId) {
    diskOfStart.put(startId, master.disk());
    bootCommit.remove(master.name());
    onStart(master);
  }

  /// A promise may have reached the disk just before the process ended.
  void onStart(SimulatedNode node) {
    Promise promise = node.disk().promise();
    if (promise != null) {
      onPromise(node, promise);
    }
  }

  /// What was not forced is gone, and with it what was only known from there.
  void onPowerCut(SimulatedNode node) {
    shownCommit.put(node.disk().incarnation(), node.disk().commitIndex());
    if (!cluster.plan().forces()) {
      shown.put(node.disk().incarnation(), node.disk().written());
    }
  }

  void onFollowerWiped(SimulatedFollower follower) {
    followerWiped = true;
    lostDisks.lose(follower, follower.disk(), cluster.clock().nowNanos());
  }

  /// A disk turned out to be damaged: what it held as `former` may be gone. Its promises are not.
  void onDamageFound(SimulatedNode node, SimulatedDisk disk, SimulatedDisk former) {
    copyOver(promises, former.incarnation(), disk.incarnation());
    copyOver(saidEpoch, former.incarnation(), disk.incarnation());
    if (node instanceof SimulatedFollower follower) {
      lostDisks.lose(follower, former, cluster.clock().nowNanos());
    }
  }

  private static <V> void copyOver(Map<String, V> byIncarnation, String former, String present) {
    V known = byIncarnation.get(former);
    if (known != null) {
      byIncarnation.put(present, known);
    }
  }

  void onHoleClosed(SimulatedNode node, Entry last, Entry first) {
    check(
        first.follows(last.position()),
        "C2 what is joined follows",
        () -> node.name() + " joins " + first + " to " + last);
  }

  /// A client reads the whole list of a node; a node with a hole refuses that.
  private void checkWholeRead(SimulatedNode node) {
    SimulatedDisk disk = node.disk();
    long last =
        switch (cluster.plan().sabotage()) {
          case SERVED_BEYOND_HOLE -> disk.knownEnd();
          case SHORT_LIST_SERVED -> disk.held();
          default -> disk.hasHoles() ? -1 : disk.held();
        };
    if (last < 0 || !cluster.plan().forces()) {
      return;
    }
    long before = read.merge(disk, last, Math::max);
    check(
        last >= before,
        "C7 a whole read never shows less than one before",
        () -> node.name() + " showed " + before + " and shows " + last);
    check(
        last <= disk.held(),
        "C6 a read shows nothing behind a hole",
        () -> node.name() + " shows " + last + " and holds " + disk.held());
  }

  /// The disk of the log's master is gone for good, and an operator turns to the followers.
  void onMasterWiped(Map<String, Long> highestHeldByFollowers) {
    survivors = highestHeldByFollowers;
    epochOwners
        .keySet()
        .removeIf(
            taken ->
                cluster.followers().stream().noneMatch(follower -> hasPromised(follower, taken)));
  }

  private static boolean hasPromised(SimulatedFollower follower, EpochOfLog taken) {
    Promise promise = follower.disk().promise();
    return promise != null
        && promise.logId().equals(taken.logId())
        && promise.epoch() >= taken.epoch();
  }

  private void held(SimulatedNode node, String logId, long index) {
    everHeld.merge(node.name() + " " + logId, index, Math::max);
  }

  void onBegun(SimulatedNode node, String logId, long index) {
    held(node, logId, index);
  }

  /// A node is about to delete everything up to `index`.
  void onRelease(SimulatedNode node, long index) {
    String logId = String.valueOf(node.disk().entriesLogId());
    for (SimulatedFollower follower : cluster.followers()) {
      if (leavers.contains(follower.name())) {
        continue;
      }
      long known = everHeld.getOrDefault(follower.name() + " " + logId, 0L);
      check(
          index <= known,
          "nothing is released that a follower lacks",
          () -> node.name() + " releases " + index + ", " + follower.name() + " held " + known);
    }
    if (node instanceof SimulatedMaster) {
      trueLog(logId).onReleased(index);
    } else if (!cluster.plan().kinds().contains(Fault.WIPE_MASTER)) {
      long first = cluster.master().disk().base().index();
      check(
          index <= first,
          "no follower begins behind the master",
          () -> node.name() + " releases " + index + ", the master " + first);
    }
  }

  void onWritten(SimulatedNode node, SimulatedDisk disk, Entry entry) {
    if (!cluster.plan().forces()) {
      held(node, String.valueOf(disk.entriesLogId()), entry.index());
    }
    if (node instanceof SimulatedFollower && cluster.plan().forces()) {
      checkInLogOfPromisedMaster(node, disk, entry);
    }
  }

  private void checkInLogOfPromisedMaster(SimulatedNode node, SimulatedDisk disk, Entry entry) {
    Promise promise = promises.get(disk.incarnation());
    SimulatedDisk source = promise == null ? null : diskOfStart.get(promise.startId());
    check(
        source != null
            && (source.wasDamaged()
                || (source.written() >= entry.index()
                    && source.positionAt(entry.index()).equals(entry.position()))),
        "F42 a follower appends only what its promised master holds",
        () -> node.name() + " promised " + promise + " and writes " + entry);
  }

  void onForced(SimulatedNode node, SimulatedDisk disk, Entry entry) {
    held(node, String.valueOf(disk.entriesLogId()), entry.index());
    if (!cluster.plan().isLinear()) {
      return;
    }
    TrueLog log = trueLog(String.valueOf(disk.entriesLogId()));
    if (node instanceof SimulatedMaster && entry.index() == log.lastIndex() + 1) {
      log.add(entry);
      if (entry.kind() == EntryKind.MESSAGE) {
        attempts.onAppended(entry);
      }
    }
    log.checkHolds(node.name(), entry);
  }

  void onPromise(SimulatedNode node, Promise promise) {
    Promise before = promises.put(node.disk().incarnation(), promise);
    boolean grows =
        before == null
            || promise.epoch() > before.epoch()
            || (promise.epoch() == before.epoch() && promise.startId().equals(before.startId()));
    check(grows, "R19 promises only grow", () -> node.name() + " " + before + " then " + promise);
    if (node instanceof SimulatedMaster) {
      onMasterPromise(node, promise);
    }
  }

  private void onMasterPromise(SimulatedNode node, Promise promise) {
    String owner =
        epochOwners.putIfAbsent(
            new EpochOfLog(promise.logId(), promise.epoch()), promise.startId());
    check(
        owner == null || owner.equals(promise.startId()) || cluster.plan().mayFork(),
        "R19 an epoch belongs to one master",
        () -> node.name() + " " + promise + " belongs to " + owner);
    if (survivors != null) {
      check(
          survivors.isEmpty() || survivors.containsKey(promise.logId()),
          "R14 no new log begins beside followers that hold entries",
          () -> promise + " but there are " + survivors);
      long expected = survivors.getOrDefault(promise.logId(), 0L);
      check(
          node.disk().written() >= expected,
          "R14 an adoption takes the longest log",
          () -> "took " + node.disk().written() + " of " + expected);
      trueLog(promise.logId()).cutBehind(node.disk().written(), followerWiped);
      attempts.onAdopted();
      survivors = null;
    }
  }

  void onSend(SimulatedMaster master, MasterEffect.Send send) {
    SimulatedDisk disk = master.disk();
    check(
        send.upTo() <= Math.max(disk.held(), send.previous().index())
            && send.durableIndex() <= disk.held(),
        "R15 a master sends only what it has forced",
        () -> send + " held " + disk.held());
    check(
        disk.positionAt(send.previous().index()).equals(send.previous()),
        "a batch comes behind a position of the own log",
        send::toString);
    Promise promise = promises.get(disk.incarnation());
    check(
        promise != null && promise.epoch() == send.epoch() && promise.logId().equals(send.logId()),
        "R19 an epoch is persisted before it is used",
        () -> send + " promise " + promise);
  }

  /// A master has taken an answer in which a follower names its data directory.
  void onMasterLearns(SimulatedMaster master, String follower, Standing standing, long askedNanos) {
    boolean current =
        cluster.follower(follower).disk().incarnation().equals(standing.incarnation());
    lostDisks.learn(
        master, follower, standing.incarnation(), current, askedNanos, cluster.clock().nowNanos());
  }

  void onAddArrives(AddRequest request) {
    attempts.onArrival(request.text());
  }

  void onAddAnswer(SimulatedMaster master, AddRequest request, AddOutcome outcome) {
    Coverage coverage = cluster.coverage();
    switch (outcome) {
      case AddOutcome.Met met -> {
        coverage.count(Covered.MET);
        onMet(master, request, met);
      }
      case AddOutcome.Unmet unmet -> {
        coverage.count(Covered.PENDING);
        if (unmet.reason() == AddOutcome.UnmetReason.MEMBER_LEFT) {
          coverage.count(Covered.CONCERNS_LEFT);
        }
        if (unmet.index() <= master.disk().written()) {
          checkIsAt(master, request, unmet.index(), unmet.epoch());
          checkAcks(
              master, unmet.index(), unmet.index() <= master.disk().held() ? unmet.acks() : 0);
        }
      }
      case AddOutcome.Refused refused -> {
        coverage.count(Covered.REFUSED_ADDS);
        if (refused.refusal() == AddOutcome.AddRefusal.KEY_REUSED) {
          coverage.count(Covered.KEYS_REUSED);
        }
        attempts.onRefused(request.text(), refused.toString());
      }
    }
  }

  /// A bulk add was looked at: what it took is in the log in its order, the rest never will be.
  void onTaken(SimulatedMaster master, BulkRequest bulk, Taken taken) {
    Coverage coverage = cluster.coverage();
    coverage.count(Covered.BULK_ADDS);
    List<AddRequest> refused = bulk.requests().subList(taken.count(), bulk.requests().size());
    check(
        refused.isEmpty() == (taken.stopped() == null),
        "a bulk add takes all or says why not",
        () -> bulk + " " + taken);
    if (taken.count() > 0 && !refused.isEmpty()) {
      coverage.count(Covered.BULK_ADDS_IN_PART);
    }
    refused.forEach(each -> attempts.onRefused(each.text(), "it was not taken"));
  }

  /// What a bulk add took is answered, the last of it for all.
  void onBulkAnswer(SimulatedMaster master, BulkRequest bulk, Taken taken, AddOutcome outcome) {
    List<AddRequest> requests = bulk.requests().subList(0, taken.count());
    switch (outcome) {
      case AddOutcome.Met met -> {
        check(
            met.index() == taken.lastIndex(),
            "the last one stands for all",
            () -> taken + " " + met);
        checkAreInOrder(master, requests, taken);
        AddRequest last = requestAt(master, requests, met.index());
        onMet(master, last, met);
      }
      case AddOutcome.Unmet unmet ->
          check(
              unmet.index() == taken.lastIndex(),
              "the last one stands for all",
              () -> taken + " " + unmet);
      case AddOutcome.Refused refused ->
          throw new InvariantViolated("what was taken is not refused", bulk + " " + refused);
    }
  }

  private void checkAreInOrder(SimulatedMaster master, List<AddRequest> requests, Taken taken) {
    long index = taken.firstIndex() - 1;
    for (AddRequest request : requests) {
      long from = taken.replayed() > 0 ? taken.firstIndex() : index + 1;
      index = indexOf(master, request, from, taken.lastIndex());
      check(index > 0, "C1 what was taken is there", () -> request + " " + taken);
    }
  }

  private static AddRequest requestAt(
      SimulatedMaster master, List<AddRequest> requests, long index) {
    String text = master.disk().entryAt(index).text();
    return requests.stream().filter(each -> each.text().equals(text)).findFirst().orElseThrow();
  }

  private static long indexOf(SimulatedMaster master, AddRequest request, long from, long to) {
    for (long index = from; index <= to; index++) {
      if (master.disk().entryAt(index).text().equals(request.text())) {
        return index;
      }
    }
    return 0;
  }

  private void onMet(SimulatedMaster master, AddRequest request, AddOutcome.Met met) {
    check(
        met.acks() >= request.requiredNodes(),
        "C1 as many acknowledgements as asked for",
        () -> request + " " + met);
    check(
        met.index() <= master.disk().held(),
        "C1 the master holds durably what it acknowledges",
        () -> met + " held " + master.disk().held());
    checkIsAt(master, request, met.index(), met.epoch());
    checkAcks(master, met.index(), met.acks());
    if (cluster.plan().isLinear()) {
      trueLog(String.valueOf(master.disk().entriesLogId()))
          .onAcknowledged(met.index(), request.requiredNodes());
      if (!cluster.plan().hasSecondMaster()) {
        attempts.onMet(request.text(), met.index());
      }
    }
  }

  private void checkIsAt(SimulatedMaster master, AddRequest request, long index, long epoch) {
    Entry entry = master.disk().entryAt(index);
    check(
        entry.text().equals(request.text()) && entry.epoch() == epoch,
        "C2 the answer names the entry",
        () -> request + " at " + index + " epoch " + epoch + ", there is " + entry);
  }

  /// Told that `acks` nodes hold `index`.
  void onAcksTold(SimulatedMaster master, long index, int acks) {
    if (index >= 1 && index <= master.disk().written()) {
      checkAcks(master, index, acks);
    }
  }

  private void checkAcks(SimulatedMaster master, long index, int acks) {
    int holders = holders(master, index);
    check(
        acks <= holders || !cluster.plan().forces(),
        "C1 acknowledged means forced on that many nodes",
        () -> acks + " acknowledgements of " + index + ", held by " + holders);
  }

  private boolean isHeldByMajority(SimulatedMaster master, List<Member> members, long index) {
    Position position = master.disk().positionAt(index);
    String logId = master.disk().entriesLogId();
    long holders =
        members.stream()
            .filter(m -> holdsOrHeld(master, cluster.follower(m.name()), logId, position))
            .count();
    return holders + 1 >= WriteConcern.majorityOf(members.size() + 1);
  }

  /// Other members, by the word of the master.
  void onMembersChanged(MasterEvent.MembersChanged changed) {
    for (SimulatedFollower follower : cluster.followers()) {
      if (changed.membership().named(follower.name()) == null) {
        leavers.add(follower.name());
      }
    }
  }

  /// An operator is told how a join or a leave ended.
  void onChangeAnswer(SimulatedMaster master, MemberOutcome outcome) {
    switch (outcome) {
      case MemberOutcome.Changed changed -> {
        check(
            changed.membership().members().equals(master.membership()),
            "a change that is told is in the log",
            () -> changed + " but " + master.membership());
        check(
            changed.already()
                || isHeldByMajority(master, master.membership(), changed.index())
                || !cluster.plan().forces(),
            "a change that is told is held by a majority",
            changed::toString);
        boolean joined = changed.membership().reason().endsWith("joins");
        cluster.coverage().count(joined ? Covered.JOINS : Covered.LEAVES);
      }
      case MemberOutcome.Pending _ -> cluster.coverage().count(Covered.CHANGES_PENDING);
      case MemberOutcome.Refused _ -> cluster.coverage().count(Covered.CHANGES_REFUSED);
    }
  }

  private int holders(SimulatedMaster master, long index) {
    Position position = master.disk().positionAt(index);
    String logId = master.disk().entriesLogId();
    int holders = master.disk().holds(logId, position) ? 1 : 0;
    for (SimulatedFollower follower : cluster.followers()) {
      holders += holdsOrHeld(master, follower, logId, position) ? 1 : 0;
    }
    return holders;
  }

  private boolean holdsOrHeld(
      SimulatedMaster master,
      SimulatedFollower follower,
      @Nullable String logId,
      Position position) {
    return follower.disk().holds(logId, position)
        || lostDisks.held(master, follower.name(), logId, position);
  }

  void onFollowerAnswer(
      SimulatedFollower follower, @Nullable ReplicateRequest request, FollowerAnswer answer) {
    Position position = answer.standing().position();
    SimulatedDisk disk = follower.disk();
    check(
        position.index() <= disk.held() && disk.positionAt(position.index()).equals(position),
        "C1 an acknowledgement means durable and contiguous",
        () -> follower.name() + " says " + position + " and holds " + disk.held());
    check(
        answer.standing().incarnation().equals(disk.incarnation()),
        "R16 an answer carries the incarnation",
        answer::toString);
    if (request != null
        && !request.entries().isEmpty()
        && answer instanceof FollowerAnswer.Accepted) {
      check(
          position.index() >= request.previous().index() + request.entries().size(),
          "C1 an accepted batch is durable",
          () -> request + " " + answer);
    }
  }

  void onFollowerView(SimulatedFollower follower, FollowerView view) {
    Standing standing = view.standing();
    String incarnation = follower.disk().incarnation();
    checkShown(follower, standing.position().index());
    checkWholeRead(follower);
    checkCommit(follower, view.commitIndex(), standing.position().index());
    long before = saidEpoch.merge(incarnation, standing.promisedEpoch(), Math::max);
    check(
        standing.promisedEpoch() >= before,
        "R19 a promise is kept",
        () -> follower.name() + " promised " + before + " and now says " + standing);
  }

  void onMasterView(SimulatedMaster master, MasterView view) {
    checkShown(master, view.durableIndex());
    checkWholeRead(master);
    long before = bootCommit.computeIfAbsent(master.name(), _ -> view.commitIndex());
    checkCommit(master, view.commitIndex(), view.durableIndex());
    if (view.commitIndex() > before) {
      bootCommit.put(master.name(), view.commitIndex());
      check(
          isHeldByMajority(master, master.membership(), view.commitIndex())
              || isHeldByMajority(master, membersBefore, view.commitIndex())
              || !cluster.plan().forces(),
          "C8 committed means held by a majority",
          () -> master.name() + " commits " + view.commitIndex());
    }
    check(
        master.disk().hasHoles() || view.membership().members().equals(master.membership()),
        "the members are what the log says",
        () -> view.membership() + " but " + master.membership());
    membersBefore = master.membership();
    if (view.phase() == MasterPhase.SERVING || view.phase() == MasterPhase.FENCED) {
      view.followers().forEach(follower -> checkMatch(master, follower));
    }
  }

  private void checkMatch(SimulatedMaster master, MasterView.FollowerView view) {
    SimulatedFollower follower = cluster.follower(view.name());
    boolean proven =
        view.matchIndex() <= master.disk().written()
            && holdsOrHeld(
                master,
                follower,
                master.disk().entriesLogId(),
                master.disk().positionAt(view.matchIndex()));
    check(
        proven || !cluster.plan().forces(),
        "R16 a match index is durable there",
        () -> master.name() + " believes " + view + ", held is " + follower.disk().held());
  }

  private void checkShown(SimulatedNode node, long index) {
    String incarnation = node.disk().incarnation();
    long before = shown.merge(incarnation, index, Math::max);
    check(
        index >= before,
        "C7 what is shown never shrinks",
        () -> node.name() + " " + before + " to " + index);
    check(
        index <= node.disk().held(),
        "C6 shown means held",
        () -> node.name() + " shows " + index + " and holds " + node.disk().held());
  }

  private void checkCommit(SimulatedNode node, long commit, long shownIndex) {
    Long previous = shownCommit.put(node.disk().incarnation(), commit);
    long before = previous == null ? 0 : previous;
    check(
        commit >= before || !cluster.plan().forces(),
        "C8 what a majority read has shown stays",
        () -> node.name() + " commit " + before + " to " + commit);
    check(
        commit <= shownIndex,
        "C8 a commit index is at most what the node holds",
        () -> node.name() + " commit " + commit + " of " + shownIndex);
    String logId = node.disk().entriesLogId();
    if (commit > before && logId != null && cluster.plan().isLinear()) {
      cluster.coverage().count(Covered.MAJORITY_READS);
      trueLog(logId).onCommitted(node instanceof SimulatedMaster, commit, node.name());
    }
  }

  static void check(boolean holds, String check, Supplier<String> seen) {
    if (!holds) {
      throw new InvariantViolated(check, seen.get());
    }
  }
}
