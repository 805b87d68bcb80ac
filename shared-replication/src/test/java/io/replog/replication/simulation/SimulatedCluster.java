package io.replog.replication.simulation;

import io.replog.model.Entry;
import io.replog.model.FollowerFault;
import io.replog.model.Member;
import io.replog.model.Position;
import io.replog.model.Standing;
import io.replog.replication.Backoff;
import io.replog.replication.master.AddOutcome;
import io.replog.replication.master.AdoptOutcome;
import io.replog.replication.master.MasterPhase;
import io.replog.replication.master.MasterView;
import io.replog.replication.master.MemberOutcome;
import io.replog.replication.simulation.SimulatedMaster.AddRequest;
import io.replog.replication.simulation.SimulatedMaster.BulkAnswer;
import io.replog.replication.simulation.SimulatedMaster.BulkRequest;
import io.replog.replication.simulation.SimulatedNetwork.Arrival;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A master and its followers in one thread and in virtual time. Verbs break it and mend it; time
/// moves only in [#run], [#await] and what calls them; the invariants are checked on the way.
final class SimulatedCluster {

  static final String CLUSTER_ID = "simulated";
  static final String MASTER = "master";
  static final String SECOND_MASTER = "master-2";
  static final String FOLLOWER_1 = "follower-1";
  static final String FOLLOWER_2 = "follower-2";

  /// Far more than any run needs; a core that asks to be woken without end is found by it.
  private static final long MAX_EVENTS = 3_000_000;

  private static final long MAX_BACKOFF_NANOS = 5_000_000_000L;
  private static final long FIRST_BACKOFF_NANOS = 100_000_000L;

  private final Plan plan;
  private final SimulatedClock clock;
  private final Trace trace;
  private final Coverage coverage = new Coverage();
  private final RandomGenerator random;
  private final SimulatedNetwork network;
  private final Invariants invariants;
  private final SimulatedMaster master;
  private final Map<String, SimulatedFollower> followers = new LinkedHashMap<>();
  private final Endpoint clients = new Clients();
  private @Nullable SimulatedMaster secondMaster;
  private long lastId;

  SimulatedCluster(Plan plan, long seed, @Nullable Consumer<String> listener) {
    this.plan = plan;
    SplittableRandom root = new SplittableRandom(seed);
    clock = new SimulatedClock(plan.startNanos());
    trace = new Trace(clock, listener);
    random = root.split();
    network = new SimulatedNetwork(clock, root.split(), coverage);
    network.weather(plan.weather());
    invariants = new Invariants(this);
    for (int n = 1; n <= plan.followers(); n++) {
      String name = "follower-" + n;
      long delay = plan.longestDelayNanos() == 0 ? 0 : random.nextLong(plan.longestDelayNanos());
      followers.put(name, new SimulatedFollower(this, name, delay, root.split()));
    }
    master = new SimulatedMaster(this, MASTER, root.split());
  }

  /// A cluster in a fair world, with the settings of the contract, not yet started.
  static SimulatedCluster calm(int followers) {
    return new SimulatedCluster(Plan.calm(followers), 1, null);
  }

  /// The same with two followers, for a story with a second master.
  static SimulatedCluster withSecondMaster() {
    return new SimulatedCluster(Plan.calm(2, Fault.COPIED_MASTER), 1, null);
  }

  Plan plan() {
    return plan;
  }

  SimulatedClock clock() {
    return clock;
  }

  Trace trace() {
    return trace;
  }

  Coverage coverage() {
    return coverage;
  }

  SimulatedNetwork network() {
    return network;
  }

  Invariants invariants() {
    return invariants;
  }

  Endpoint clients() {
    return clients;
  }

  SimulatedMaster master() {
    return master;
  }

  @Nullable SimulatedMaster secondMaster() {
    return secondMaster;
  }

  List<String> followerNames() {
    return List.copyOf(followers.keySet());
  }

  /// The followers as they stand in the settings.
  List<Member> configuredMembers() {
    return followers.keySet().stream().map(SimulatedCluster::member).toList();
  }

  static Member member(String name) {
    return Member.eager(name, "http://" + name);
  }

  /// Whether the master's log says that it belongs to the cluster.
  boolean isMember(String name) {
    return master.membership().stream().anyMatch(each -> each.name().equals(name));
  }

  List<SimulatedFollower> followers() {
    return List.copyOf(followers.values());
  }

  SimulatedFollower follower(String name) {
    SimulatedFollower follower = followers.get(name);
    if (follower == null) {
      throw new IllegalArgumentException("no follower is named " + name);
    }
    return follower;
  }

  /// The master and every follower; not the second master.
  List<SimulatedNode> nodes() {
    List<SimulatedNode> nodes = new ArrayList<>(followers.values());
    nodes.addFirst(master);
    return nodes;
  }

  SimulatedNode node(String name) {
    return name.equals(MASTER) ? master : follower(name);
  }

  String newId(String kind) {
    return kind + "-" + ++lastId;
  }

  SimulatedDisk newDisk(SimulatedNode owner) {
    return new SimulatedDisk(
        newId("incarnation"),
        clock,
        random,
        owner,
        plan.diskManner(owner instanceof SimulatedFollower));
  }

  /// What every log with that position begins with.
  List<Entry> entriesThrough(SimulatedNode beginner, Position base) {
    for (SimulatedNode node : nodes()) {
      SimulatedDisk disk = node.disk();
      if (base.index() <= disk.written() && disk.positionAt(base.index()).equals(base)) {
        invariants.onBegun(beginner, String.valueOf(disk.entriesLogId()), base.index());
        return List.copyOf(disk.entries().subList(0, (int) base.index()));
      }
    }
    throw new InvariantViolated("a log begins behind an entry that there was", base + describe());
  }

  Backoff newBackoff() {
    return failures -> {
      long ceiling = FIRST_BACKOFF_NANOS << Math.min(failures - 1, 10);
      return 1 + random.nextLong(Math.min(MAX_BACKOFF_NANOS, ceiling));
    };
  }

  /// The position that the follower's promised master has where the follower says it is.
  Position positionWanted(SimulatedFollower follower, Position own) {
    SimulatedDisk disk = master.disk();
    return own.index() <= disk.written() ? disk.positionAt(own.index()) : own;
  }

  void startAll() {
    nodes().forEach(SimulatedNode::start);
  }

  void start(String name) {
    node(name).start();
  }

  /// SIGKILL.
  void crash(String name) {
    node(name).kill();
  }

  void cutPower(String name) {
    node(name).cutPower();
  }

  void pause(String name) {
    node(name).pause();
  }

  void resume(String name) {
    node(name).resume();
  }

  void partition(String one, String other) {
    network.cut(one, other);
    network.cut(other, one);
  }

  void heal() {
    network.heal();
  }

  /// Ends the node and gives it an empty disk. It is left stopped.
  void wipe(String name) {
    SimulatedNode node = node(name);
    node.kill();
    if (node instanceof SimulatedFollower follower) {
      coverage.count(Covered.WIPED_FOLLOWERS);
      invariants.onFollowerWiped(follower);
    } else {
      coverage.count(Covered.WIPED_MASTERS);
      invariants.onMasterWiped(highestHeldByFollowers());
    }
    trace.add(name, "wiped", node.disk().end());
    node.disk(newDisk(node));
  }

  Map<String, Long> highestHeldByFollowers() {
    Map<String, Long> highest = new LinkedHashMap<>();
    for (SimulatedFollower follower : followers()) {
      String logId = follower.disk().entriesLogId();
      if (logId != null) {
        highest.merge(logId, follower.disk().held(), Math::max);
      }
    }
    return highest;
  }

  /// Somebody starts another master of the same cluster by mistake.
  ///
  /// @param copied whether it has a copy of the first one's disk; else an empty one
  void startSecondMaster(boolean copied) {
    SimulatedMaster second = new SimulatedMaster(this, SECOND_MASTER, random);
    if (copied) {
      second.disk(master.disk().copyTo(newId("incarnation"), second));
    }
    secondMaster = second;
    second.start();
  }

  void delay(String follower, Duration delay) {
    follower(follower).delay(delay.toNanos());
  }

  /// Adds without a key and waits as long as it takes.
  Added add(String text, int writeConcern) {
    return add(master, new AddRequest(null, text, writeConcern, 0), Duration.ofDays(1));
  }

  /// Adds by way of the network. The outcome is known once time has moved.
  Added add(SimulatedMaster to, AddRequest request, Duration patience) {
    invariants.attempts().onInvoked(request.text());
    Added added = new Added(clock.nowNanos());
    trace.add(Clients.NAME, "add", request);
    network.<AddOutcome>exchange(
        clients,
        to,
        patience.toNanos(),
        arrival -> {
          if (added.mayArrive(List.of(request))) {
            to.add(request, arrival);
          }
        },
        outcome -> added.end(outcome, clock.nowNanos()),
        error -> added.fail(error, clock.nowNanos()));
    return added;
  }

  /// Adds many messages at once by way of the network. One of them without a key arrives once.
  void addAll(SimulatedMaster to, BulkRequest bulk, Duration patience, Consumer<BulkAnswer> told) {
    bulk.requests().forEach(each -> invariants.attempts().onInvoked(each.text()));
    Added first = new Added(clock.nowNanos());
    trace.add(Clients.NAME, "bulk add", bulk);
    network.<BulkAnswer>exchange(
        clients,
        to,
        patience.toNanos(),
        arrival -> {
          if (first.mayArrive(bulk.requests())) {
            to.addAll(bulk, arrival);
          }
        },
        told,
        _ -> {});
  }

  /// An operator asks the master to adopt a follower's log.
  void adopt(Consumer<AdoptOutcome> told) {
    network.<AdoptOutcome>exchange(
        clients, master, Duration.ofSeconds(30).toNanos(), master::adopt, told, _ -> {});
  }

  /// An operator lets a follower belong to the cluster.
  void join(String name) {
    join(name, _ -> {});
  }

  void join(String name, Consumer<MemberOutcome> told) {
    changeMembers(arrival -> master.join(member(name), arrival), told);
  }

  /// An operator lets a follower go.
  void leave(String name) {
    changeMembers(arrival -> master.leave(name, arrival), _ -> {});
  }

  private void changeMembers(Consumer<Arrival<MemberOutcome>> ask, Consumer<MemberOutcome> told) {
    network.<MemberOutcome>exchange(
        clients,
        master,
        Duration.ofSeconds(30).toNanos(),
        ask,
        outcome -> {
          trace.add("operator", "told", outcome);
          told.accept(outcome);
        },
        _ -> {});
  }

  /// Lets time pass.
  void run(Duration duration) {
    runUntil(clock.nowNanos() + duration.toNanos());
  }

  void runUntil(long untilNanos) {
    while (clock.runNext(untilNanos)) {
      coverage.count(Covered.EVENTS);
      if (coverage.of(Covered.EVENTS) > MAX_EVENTS) {
        throw new InvariantViolated("C10 no endless work", MAX_EVENTS + " events");
      }
    }
  }

  /// Lets time pass until `condition` holds.
  ///
  /// @throws InvariantViolated when it does not within `limit`
  void await(String what, Duration limit, BooleanSupplier condition) {
    long until = clock.nowNanos() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (clock.nowNanos() >= until) {
        throw new InvariantViolated("C10 " + what + " within " + limit, describe());
      }
      run(Duration.ofMillis(5));
    }
  }

  void awaitServing() {
    await("master serves", Duration.ofSeconds(30), master::serves);
  }

  void awaitConverged(Duration limit) {
    await("all nodes hold the same", limit, this::isConverged);
  }

  /// Whether the master serves, nobody waits any more, and every node holds the same and knows that
  /// all of it is committed. A follower that is left out for good does not count.
  boolean isConverged() {
    if (!master.serves() || master.disk().held() != master.disk().written()) {
      return false;
    }
    boolean anyLeftOut = members().stream().anyMatch(f -> isLeftOut(f.name()));
    return members().stream().allMatch(f -> isEqualToMaster(f) || isLeftOut(f.name()))
        && (anyLeftOut || isQuiet());
  }

  private boolean isQuiet() {
    long last = master.disk().written();
    return master.openCalls() == 0
        && master.view().commitIndex() == last
        && members().stream().allMatch(f -> f.view().commitIndex() == last);
  }

  /// The followers that belong to the cluster.
  List<SimulatedFollower> members() {
    return followers().stream().filter(each -> isMember(each.name())).toList();
  }

  boolean isEqualToMaster(SimulatedFollower follower) {
    SimulatedDisk disk = follower.disk();
    return follower.running()
        && disk.held() == master.disk().held()
        && disk.end().equals(master.disk().end());
  }

  /// Whether a follower holds what the master has not; no fault of this run may lead there unless
  /// two masters or lazy forces were in it.
  boolean isLeftOut(String follower) {
    return (plan.hasSecondMaster() || !plan.forces())
        && master.view().phase() == MasterPhase.SERVING
        && master.view().followers().stream()
            .filter(view -> view.name().equals(follower))
            .anyMatch(
                view ->
                    switch (view.state()) {
                      case DIVERGED, OTHER_LOG -> true;
                      case IN_SYNC, CATCHING_UP, FULL, CORRUPT -> false;
                    });
  }

  /// The followers that have told the master of another log, or of a fault that only people mend.
  List<String> followersOfNoUse() {
    MasterView view = master.view();
    return view.followers().stream()
        .filter(each -> each.standing() != null && isOfNoUse(view, each.standing()))
        .map(MasterView.FollowerView::name)
        .toList();
  }

  private static boolean isOfNoUse(MasterView view, Standing standing) {
    return standing.fault() == FollowerFault.DIVERGED
        || standing.fault() == FollowerFault.CORRUPT
        || (standing.logId() != null && !standing.logId().equals(view.logId()));
  }

  /// The texts that a node shows, in order.
  List<String> shownBy(String name) {
    SimulatedDisk disk = node(name).disk();
    return disk.entries().subList(0, (int) disk.held()).stream().map(Entry::text).toList();
  }

  String describe() {
    StringBuilder text = new StringBuilder();
    for (SimulatedNode node : nodes()) {
      SimulatedDisk disk = node.disk();
      text.append(
          "\n  %s running=%s paused=%s log=%s held=%d written=%d end=%s promise=%s"
              .formatted(
                  node.name(),
                  node.running(),
                  node.paused(),
                  disk.entriesLogId(),
                  disk.held(),
                  disk.written(),
                  disk.end(),
                  disk.promise()));
    }
    text.append("\n  calls waiting: ").append(master.openCalls());
    return text.append("\n  ").append(master.running() ? master.view() : "").toString();
  }
}
