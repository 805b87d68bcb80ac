package io.replog.replication.simulation;

import io.replog.model.Entry;
import io.replog.model.Position;
import io.replog.model.Promise;
import io.replog.replication.LogView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The data directory of a node and its log writer. Writes and promises are carried out in the
/// order in which they came; what gathers while a force runs shares the next. A power cut keeps
/// what was forced and any prefix of the rest.
final class SimulatedDisk implements LogView {

  private static final int MAX_GROUP = 64;

  /// What the log writer tells its node.
  interface Owner {

    void onWritten(SimulatedDisk disk, Entry entry);

    void onForced(SimulatedDisk disk, Entry entry);

    void onDurable(SimulatedDisk disk, long index);

    void onPromisePersisted(SimulatedDisk disk, Promise promise);

    void onForceFailed(SimulatedDisk disk);

    /// Whether the log writer's thread may begin something new.
    boolean canWork();
  }

  private sealed interface Job {
    record Append(String logId, List<Entry> entries) implements Job {}

    record Persist(Promise promise) implements Job {}
  }

  /// How fast the disk is and how it lies.
  ///
  /// @param minForceNanos,maxForceNanos range of one force
  /// @param forceEachGroup false for `FSYNC=interval`: durable means written
  /// @param reportBeforeForce durable is reported when the force begins: right only with `interval`
  /// @param skipForces sabotage: a force does nothing, so that a power cut takes everything
  /// @param persistPromises sabotage when false
  record Manner(
      long minForceNanos,
      long maxForceNanos,
      boolean forceEachGroup,
      boolean reportBeforeForce,
      boolean skipForces,
      boolean persistPromises) {}

  private final String incarnation;
  private final SimulatedClock clock;
  private final RandomGenerator random;
  private final Owner owner;
  private final Manner manner;
  private final ArrayList<Entry> entries = new ArrayList<>();
  private final ArrayDeque<Job> queue = new ArrayDeque<>();

  /// Entries covered by a successful force. At most the number of written ones.
  private int forced;

  /// Entries last reported as durable.
  private int reported;

  private @Nullable String entriesLogId;
  private @Nullable Promise promise;
  private @Nullable Promise promiseInFlight;
  private long commitIndex;
  private boolean busy;
  private boolean failNextForce;
  private boolean failed;

  /// Grows with each crash, so that what was under way then is forgotten.
  private int life;

  SimulatedDisk(
      String incarnation,
      SimulatedClock clock,
      RandomGenerator random,
      Owner owner,
      Manner manner) {
    this.incarnation = incarnation;
    this.clock = clock;
    this.random = random;
    this.owner = owner;
    this.manner = manner;
  }

  /// The same content in another directory of another node.
  SimulatedDisk copyTo(String newIncarnation, Owner newOwner) {
    SimulatedDisk copy = new SimulatedDisk(newIncarnation, clock, random, newOwner, manner);
    copy.entries.addAll(entries.subList(0, forced));
    copy.forced = forced;
    copy.reported = forced;
    copy.entriesLogId = forced == 0 ? null : entriesLogId;
    copy.promise = promise;
    copy.commitIndex = commitIndex;
    return copy;
  }

  String incarnation() {
    return incarnation;
  }

  @Nullable Promise promise() {
    return promise;
  }

  /// The log of the entries, null when there are none.
  @Nullable String entriesLogId() {
    return entriesLogId;
  }

  long commitIndex() {
    return commitIndex;
  }

  long written() {
    return entries.size();
  }

  /// What this node may rightly call held: forced, or only written where it forces now and then.
  long held() {
    return manner.forceEachGroup ? forced : reported;
  }

  Position end() {
    return positionAt(entries.size());
  }

  List<Entry> entries() {
    return entries;
  }

  /// Whether exactly this position of this log is held here.
  boolean holds(@Nullable String logId, Position position) {
    return position.index() == 0
        || (position.index() <= held()
            && logId != null
            && logId.equals(entriesLogId)
            && positionAt(position.index()).equals(position));
  }

  @Override
  public Position positionAt(long index) {
    return index == 0 ? Position.START : entryAt(index).position();
  }

  @Override
  public Entry entryAt(long index) {
    if (index < 1 || index > entries.size()) {
      throw new InvariantViolated(
          "a core looks up only what is written",
          "asked for " + index + ", written up to " + entries.size());
    }
    return entries.get((int) index - 1);
  }

  void append(String logId, List<Entry> batch) {
    queue.add(new Job.Append(logId, batch));
    work();
  }

  void persist(Promise next) {
    queue.add(new Job.Persist(next));
    work();
  }

  void hintCommit(long index) {
    commitIndex = index;
  }

  void failNextForce() {
    failNextForce = true;
  }

  void failNoForce() {
    failNextForce = false;
  }

  /// Begins what has gathered, unless something is under way or the process stands still.
  void work() {
    if (busy || failed || queue.isEmpty() || !owner.canWork()) {
      return;
    }
    busy = true;
    int thisLife = life;
    Runnable finish = queue.peek() instanceof Job.Persist ? startPersist() : startGroup();
    clock.after(forceNanos(), () -> finish(thisLife, finish));
  }

  /// The process was killed; what it had written stays.
  void kill() {
    forget();
  }

  /// Power was cut: what was not forced is lost, from its end, down to none of it.
  ///
  /// @return how many written entries are lost
  long cutPower() {
    forget();
    int safe = manner.skipForces ? 0 : forced;
    int keep = safe + random.nextInt(entries.size() - safe + 1);
    forced = Math.min(forced, keep);
    reported = Math.min(reported, keep);
    commitIndex = Math.min(commitIndex, keep);
    int lost = entries.size() - keep;
    entries.subList(keep, entries.size()).clear();
    return lost;
  }

  /// What a start does before it serves: the tail is rewritten and forced.
  void recover() {
    failed = false;
    failNextForce = false;
    forceUpTo(entries.size());
    reported = entries.size();
    if (entries.isEmpty()) {
      entriesLogId = null;
    }
    commitIndex = Math.min(commitIndex, entries.size());
  }

  private void forget() {
    life++;
    busy = false;
    queue.clear();
    if (promiseInFlight != null && random.nextBoolean() && manner.persistPromises) {
      promise = promiseInFlight;
    }
    promiseInFlight = null;
  }

  private void finish(int thisLife, Runnable finish) {
    if (thisLife == life && !failed) {
      busy = false;
      if (failNextForce) {
        failNextForce = false;
        failed = true;
        owner.onForceFailed(this);
      } else {
        finish.run();
        work();
      }
    }
  }

  private Runnable startPersist() {
    Promise next = ((Job.Persist) queue.remove()).promise();
    promiseInFlight = next;
    return () -> {
      promiseInFlight = null;
      if (manner.persistPromises) {
        promise = next;
      }
      owner.onPromisePersisted(this, next);
    };
  }

  private Runnable startGroup() {
    for (int n = 0; n < MAX_GROUP && queue.peek() instanceof Job.Append append; n++) {
      queue.remove();
      write(append);
    }
    int end = entries.size();
    if (manner.reportBeforeForce) {
      int thisLife = life;
      clock.after(1, () -> reportIn(thisLife, end));
      return () -> {
        if (manner.forceEachGroup) {
          forceUpTo(end);
        }
      };
    }
    return () -> {
      forceUpTo(end);
      report(end);
    };
  }

  private void write(Job.Append append) {
    for (Entry entry : append.entries()) {
      boolean rightLog = entries.isEmpty() || append.logId().equals(entriesLogId);
      if (!rightLog || !entry.follows(end())) {
        throw new InvariantViolated(
            "C6 a write goes on where its log ends",
            "log " + append.logId() + " " + entry + " behind log " + entriesLogId + " " + end());
      }
      entriesLogId = append.logId();
      entries.add(entry);
      owner.onWritten(this, entry);
    }
  }

  private void forceUpTo(int end) {
    while (forced < end) {
      forced++;
      owner.onForced(this, entries.get(forced - 1));
    }
  }

  private void reportIn(int thisLife, int end) {
    if (thisLife == life) {
      report(end);
    }
  }

  private void report(int end) {
    reported = end;
    owner.onDurable(this, end);
  }

  private long forceNanos() {
    return random.nextLong(manner.minForceNanos, manner.maxForceNanos + 1);
  }
}
